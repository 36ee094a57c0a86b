package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

class PostgresFewConnectionsTest implements FewConnectionsContract {
  @Override
  public DatabaseServer server() {
    return PostgresServer.shared();
  }

  @Override
  public List<String> createAccount(String name) {
    return List.of(
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '"
            + name
            + "') THEN DROP OWNED BY "
            + name
            + "; END IF; END $$",
        "DROP ROLE IF EXISTS " + name,
        "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'",
        "GRANT SELECT ON m TO " + name);
  }

  @Override
  public String limit(String account, int connections) {
    return "ALTER ROLE " + account + " CONNECTION LIMIT " + connections;
  }

  @Override
  public String pause(double seconds) {
    return "(pg_sleep(" + seconds + ") IS NOT NULL)";
  }
}
