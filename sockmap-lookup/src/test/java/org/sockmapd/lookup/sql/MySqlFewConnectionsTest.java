package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

class MySqlFewConnectionsTest implements FewConnectionsContract {
  @Override
  public DatabaseServer server() {
    return MySqlServer.shared();
  }

  @Override
  public List<String> createAccount(String name) {
    return List.of(
        "DROP USER IF EXISTS " + name,
        "CREATE USER " + name + " IDENTIFIED BY 'secret'",
        "GRANT SELECT ON m TO " + name);
  }

  @Override
  public String limit(String account, int connections) {
    return "ALTER USER " + account + " WITH MAX_USER_CONNECTIONS " + connections;
  }

  @Override
  public String pause(double seconds) {
    return "(SLEEP(" + seconds + ") = 0)";
  }
}
