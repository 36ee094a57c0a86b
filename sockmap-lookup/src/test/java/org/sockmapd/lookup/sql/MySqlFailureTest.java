package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlFailureTest implements ServerFailureContract {
  private final DatabaseServer server = MySqlServer.start();

  MySqlFailureTest() throws SQLException {
    Rows.create(server, SCHEMA);
    server.execute(
        SCHEMA,
        "CREATE TABLE allowed (k VARCHAR(100), v VARCHAR(100))",
        "INSERT INTO allowed VALUES ('a', '1')");
  }

  @AfterAll
  void close() {
    server.close();
  }

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
}
