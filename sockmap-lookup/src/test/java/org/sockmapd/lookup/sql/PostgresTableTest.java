package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTableTest implements SqlTableContract {
  private static final String NAME = "contract";

  private final DatabaseServer server = PostgresServer.shared();
  private final Database database;

  PostgresTableTest() throws SQLException {
    database = ServerDatabase.fresh(server, NAME);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public Connection writer() throws SQLException {
    return server.connection(NAME);
  }

  @Override
  public SqlQuoting quoting() {
    return SqlQuoting.POSTGRESQL;
  }
}
