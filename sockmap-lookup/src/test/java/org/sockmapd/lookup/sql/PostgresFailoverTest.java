package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.PostgresServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresFailoverTest implements FailoverContract {
  private static final String SCHEMA = "failover";

  private final DatabaseServer server = PostgresServer.shared();
  private final FaultyProxy first = FaultyProxy.to(server.port());
  private final FaultyProxy second = FaultyProxy.to(server.port());

  PostgresFailoverTest() throws SQLException {
    Rows.create(server, SCHEMA);
  }

  @AfterAll
  void close() {
    first.close();
    second.close();
  }

  @Override
  public FaultyProxy first() {
    return first;
  }

  @Override
  public FaultyProxy second() {
    return second;
  }

  @Override
  public DatabaseSettings.Builder account() {
    return ServerDatabase.account(server, SCHEMA);
  }
}
