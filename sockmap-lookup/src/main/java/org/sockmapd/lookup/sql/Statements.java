package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.template.MarkedSql;

/** Executes the statements of one map, and tells of them when that is wanted. */
final class Statements {
  private static final String INVALID_STATEMENT_NAME = "26000";

  private final String mapName;
  private final LookupEvents events;
  private final Dialect dialect;

  /** The statements whose values must come as the server writes them. */
  private final Set<String> asWritten = ConcurrentHashMap.newKeySet();

  /** False from when the statement failed although newly prepared, until it works. */
  private volatile boolean trusted = true;

  Statements(String mapName, LookupEvents events, Dialect dialect) {
    this.mapName = mapName;
    this.events = events;
    this.dialect = dialect;
  }

  /** Takes each row in turn, and tells whether it wants more. */
  @FunctionalInterface
  interface RowReader {
    /**
     * Takes a row.
     *
     * @param columns how many columns hold values, from the first on
     * @param key which of the statement's keys the row belongs to, from 0 on
     */
    boolean read(ResultSet row, int columns, int key) throws SQLException;
  }

  /**
   * Asks on a connection; the driver may keep the statement prepared for the next time. One that
   * may fail only for having been prepared before the schema changed is prepared anew; but not
   * again and again when that was not it, since all statements of the connection pay.
   *
   * @throws JudgedFailure of the kind SHARED, if what came is no answer to this statement
   */
  void query(
      Connection connection, String node, MarkedSql sql, List<String> bound, RowReader reader)
      throws SQLException {
    try {
      execute(connection, node, sql, bound, reader);
    } catch (SQLException e) {
      if (!(e instanceof JudgedFailure) && dialect.blamesSession(connection, e)) {
        throw new JudgedFailure(FailureKind.SHARED, e);
      }
      if (!trusted || !dialect.outdated(e) || !dialect.forgetStatements(connection)) {
        throw e;
      }
      askAnew(connection, node, sql, bound, reader);
    }
  }

  private void askAnew(
      Connection connection, String node, MarkedSql sql, List<String> bound, RowReader reader)
      throws SQLException {
    boolean healed = false;
    try {
      execute(connection, node, sql, bound, reader);
      healed = true;
    } finally {
      trusted = healed;
    }
  }

  private void execute(
      Connection connection, String node, MarkedSql sql, List<String> bound, RowReader reader)
      throws SQLException {
    long begun = events.explains() ? System.nanoTime() : 0;
    int rows = fetch(connection, sql, bound, reader);
    if (!trusted) {
      trusted = true;
    }
    if (events.explains()) {
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      events.queried(mapName, node, sql.text(), bound, rows, time);
    }
  }

  /** Tells whether a statement turned out to need the text that the server writes. */
  boolean asksAsWritten(MarkedSql sql) {
    return asWritten.contains(sql.text());
  }

  private int fetch(Connection connection, MarkedSql sql, List<String> bound, RowReader reader)
      throws SQLException {
    if (!asksAsWritten(sql)) {
      try (ReadyStatement statement = dialect.prepare(connection, sql);
          ResultSet rows = statement.ask(bound)) {
        if (dialect.asWritten(rows)) {
          return read(statement, rows, sql, reader);
        }
      }
      asWritten.add(sql.text());
    }
    try (ReadyStatement statement = dialect.prepareAsWritten(connection, sql);
        ResultSet rows = statement.ask(bound)) {
      return read(statement, rows, sql, reader);
    }
  }

  /** A statement with a mark is a plain SELECT, which has one result. */
  private int read(ReadyStatement statement, ResultSet rows, MarkedSql sql, RowReader reader)
      throws SQLException {
    int read = read(rows, sql, reader);
    if (sql.mark().isEmpty()) {
      statement.refuseFurtherResults();
    }
    return read;
  }

  private int read(ResultSet row, MarkedSql sql, RowReader reader) throws SQLException {
    int rows = 0;
    int columns = 0;
    boolean more = true;
    while (more && row.next()) {
      if (rows == 0) {
        columns = sql.columns(row.getMetaData().getColumnCount());
      }
      more = reader.read(row, columns, key(row, columns, sql));
      rows++;
    }
    return rows;
  }

  /** Which key a row belongs to, if it is this statement's at all. */
  private int key(ResultSet row, int columns, MarkedSql sql) throws SQLException {
    if (sql.mark().isEmpty()) {
      return 0;
    }
    int key = sql.key(mark(row, columns + 1));
    if (key < 0) {
      throw foreign(null);
    }
    return key;
  }

  private String mark(ResultSet row, int column) throws SQLException {
    try {
      return String.valueOf(dialect.text(row, column));
    } catch (IndexOutOfBoundsException e) {
      // The driver goes by what the statement's rows look like, and does not count them.
      throw foreign(e);
    }
  }

  private static JudgedFailure foreign(@Nullable Exception cause) {
    SQLException row =
        new SQLException("a row of another statement", INVALID_STATEMENT_NAME, cause);
    return new JudgedFailure(FailureKind.SHARED, row);
  }
}
