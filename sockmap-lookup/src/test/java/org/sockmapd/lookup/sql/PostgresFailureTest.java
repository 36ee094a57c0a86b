package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

class PostgresFailureTest implements ServerFailureContract {
  private final DatabaseServer server = PostgresServer.start();

  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public List<String> createAccount(String name) {
    return List.of(
        "DROP ROLE IF EXISTS " + name,
        "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'",
        "GRANT SELECT ON allowed TO " + name);
  }

  @Override
  public QueryTemplate slowQuery() throws Exception {
    return QueryTemplate.parse("SELECT '%s' FROM pg_sleep(60)", SqlQuoting.POSTGRESQL);
  }

  @Override
  public String limitToOneConnection(String account) {
    return "ALTER ROLE " + account + " CONNECTION LIMIT 1";
  }

  @Override
  public String pause(double seconds) {
    return "(pg_sleep(" + seconds + ") IS NOT NULL)";
  }
}
