package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FaultyProxy;

/** Two ways to one server, each of which can be made to fail: two nodes that hold the same rows. */
final class TwoWays implements AutoCloseable {
  private static final String SCHEMA = "failover";

  final FaultyProxy first;
  final FaultyProxy second;
  private final DatabaseServer server;

  TwoWays(DatabaseServer server) throws SQLException {
    this.server = server;
    Rows.create(server, SCHEMA);
    first = FaultyProxy.to(server.port());
    second = FaultyProxy.to(server.port());
  }

  /** Settings without hosts. */
  DatabaseSettings.Builder account() {
    return ServerDatabase.account(server, SCHEMA);
  }

  void repair() {
    first.forward();
    first.resetAll();
    second.forward();
    second.resetAll();
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
