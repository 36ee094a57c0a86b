package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

class MySqlFailureTest implements ServerFailureContract {
  private final DatabaseServer server = MySqlServer.start();

  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public List<String> createAccount(String name) {
    return List.of(
        "DROP USER IF EXISTS " + name,
        "CREATE USER " + name + " IDENTIFIED BY 'secret'",
        "GRANT SELECT ON allowed TO " + name);
  }

  @Override
  public QueryTemplate slowQuery() throws Exception {
    return QueryTemplate.parse(
        "SELECT v FROM m WHERE k = '%s' AND SLEEP(60) = 0", SqlQuoting.MYSQL);
  }

  @Override
  public String limitToOneConnection(String account) {
    return "ALTER USER " + account + " WITH MAX_USER_CONNECTIONS 1";
  }

  @Override
  public String pause(double seconds) {
    return "(SLEEP(" + seconds + ") = 0)";
  }
}
