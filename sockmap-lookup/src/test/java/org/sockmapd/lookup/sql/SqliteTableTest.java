package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.template.SqlQuoting;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqliteTableTest implements SqlTableContract {
  private final Path file;
  private final Database database;

  SqliteTableTest(@TempDir Path directory) throws SQLException {
    file = directory.resolve("mail ü?.sqlite");
    writer().close();
    database =
        Database.open(
            DatabaseSettings.builder(DatabaseType.SQLITE, file.toString()).build(),
            LookupEvents.NONE);
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
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @Override
  public SqlQuoting quoting() {
    return SqlQuoting.SQLITE;
  }
}
