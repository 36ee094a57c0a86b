package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.testing.DatabaseServer;

/** Databases on the servers that tests start. */
final class ServerDatabase {
  private ServerDatabase() {}

  /** Makes a schema on a server and opens it. */
  static Database fresh(DatabaseServer server, String name) throws SQLException {
    server.createDatabase(name);
    return Database.open(settings(server, name).build(), LookupEvents.NONE);
  }

  static DatabaseSettings.Builder settings(DatabaseServer server, String name) {
    return account(server, name).host(server.host() + ":" + server.port());
  }

  /** Settings with the account, and no host yet. */
  static DatabaseSettings.Builder account(DatabaseServer server, String name) {
    DatabaseType type = DatabaseType.of(server.type()).orElseThrow();
    return DatabaseSettings.builder(type, name).account(server.username(), server.password());
  }
}
