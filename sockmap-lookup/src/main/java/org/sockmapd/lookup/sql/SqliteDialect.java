package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** A SQLite file by sqlite-jdbc, never written to and never made. */
record SqliteDialect(DatabaseSettings settings) implements Dialect {
  /** SQLITE_OPEN_READONLY: a file that is missing is a failure, not an empty database. */
  private static final int READ_ONLY = 0x1;

  /** SQLITE_OPEN_URI. */
  private static final int URI = 0x40;

  @Override
  public SQLDialect jooq() {
    return SQLDialect.SQLITE;
  }

  @Override
  public boolean networked() {
    return false;
  }

  @Override
  public Connection connect(String node, DriverOptions options) throws SQLException {
    // As a URI, since the driver takes what follows a ? of a plain name for options.
    return options.connect(
        "org.sqlite.JDBC", "jdbc:sqlite:" + Path.of(settings.database()).toUri());
  }

  @Override
  public void configure(DriverOptions options, Duration timeout, boolean plain) {
    options.set("open_mode", Integer.toString(READ_ONLY | URI));
    options.set("busy_timeout", Long.toString(settings.statementTimeout().toMillis()));
  }

  @Override
  public DatabaseFile file() {
    return DatabaseFile.named(Path.of(settings.database()));
  }

  /** The driver replaces what is not UTF-8, in TEXT and BLOB. */
  @Override
  public @Nullable String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return Utf8Value.isDoubtful(text) ? Utf8Value.decode(row.getBytes(column)) : text;
  }

  @Override
  public NodeRole begin(Connection connection, Duration statementTimeout, boolean shared)
      throws SQLException {
    return NodeRole.UNKNOWN;
  }

  @Override
  public FailureKind kind(SQLException failure) {
    return FailureTables.SQLITE.kind(failure);
  }

  /** A connection tells nothing of a file that it need not read to answer. */
  @Override
  public boolean works(Connection connection) {
    return false;
  }

  /** None: the file is open for reading. */
  @Override
  public List<String> writePrivileges(Connection connection, QualifiedTable table, String key) {
    return List.of();
  }

  /** SQLite has no limit of its own for a statement. */
  @Override
  public void interrupt(OpenConnection connection) throws SQLException {
    connection.jdbc().unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }
}
