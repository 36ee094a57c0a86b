package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.sockmapd.lookup.LookupEvents;

/** Executes the statements of one map, and tells of them when that is wanted. */
final class Statements {
  private final String mapName;
  private final LookupEvents events;
  private final Dialect dialect;

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
    boolean read(ResultSet row) throws SQLException;
  }

  /**
   * Asks on a connection; the driver keeps the statement prepared for the next time. One that
   * may fail only for having been prepared before the schema changed is prepared anew; but not again
   * and again when that was not it, since all statements of the connection pay.
   */
  void query(
      Connection connection, String node, String sql, List<String> bound, RowReader reader)
      throws SQLException {
    try {
      execute(connection, node, sql, bound, reader);
    } catch (SQLException e) {
      if (!trusted || !dialect.outdated(e)) {
        throw e;
      }
      dialect.forgetStatements(connection);
      askAnew(connection, node, sql, bound, reader);
    }
  }

  private void askAnew(
      Connection connection, String node, String sql, List<String> bound, RowReader reader)
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
      Connection connection, String node, String sql, List<String> bound, RowReader reader)
      throws SQLException {
    long begun = events.explains() ? System.nanoTime() : 0;
    int rows = fetch(connection, sql, bound, reader);
    if (!trusted) {
      trusted = true;
    }
    if (events.explains()) {
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      events.queried(mapName, node, sql, bound, rows, time);
    }
  }

  private static int fetch(
      Connection connection, String sql, List<String> bound, RowReader reader)
      throws SQLException {
    int rows = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < bound.size(); i++) {
        statement.setString(i + 1, bound.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        boolean more = true;
        while (more && row.next()) {
          more = reader.read(row);
          rows++;
        }
      }
    }
    return rows;
  }
}
