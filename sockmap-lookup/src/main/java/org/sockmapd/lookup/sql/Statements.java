package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sockmapd.lookup.LookupEvents;

/** Executes the statements of one map, and tells of them when that is wanted. */
final class Statements {
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
    boolean read(ResultSet row) throws SQLException;
  }

  /**
   * Asks on a connection; the driver keeps the statement prepared for the next time. One that may
   * fail only for having been prepared before the schema changed is prepared anew; but not again
   * and again when that was not it, since all statements of the connection pay.
   */
  void query(Connection connection, String node, String sql, List<String> bound, RowReader reader)
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

  /** Tells whether a statement turned out to need the text that the server writes. */
  boolean asksAsWritten(String sql) {
    return asWritten.contains(sql);
  }

  private int fetch(Connection connection, String sql, List<String> bound, RowReader reader)
      throws SQLException {
    if (!asksAsWritten(sql)) {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet rows = executed(statement, bound)) {
        if (dialect.asWritten(rows)) {
          return read(rows, reader);
        }
      }
      asWritten.add(sql);
    }
    try (PreparedStatement statement = dialect.prepareAsWritten(connection, sql);
        ResultSet rows = executed(statement, bound)) {
      return read(rows, reader);
    }
  }

  private static ResultSet executed(PreparedStatement statement, List<String> bound)
      throws SQLException {
    for (int i = 0; i < bound.size(); i++) {
      statement.setString(i + 1, bound.get(i));
    }
    return statement.executeQuery();
  }

  private static int read(ResultSet row, RowReader reader) throws SQLException {
    int rows = 0;
    boolean more = true;
    while (more && row.next()) {
      more = reader.read(row);
      rows++;
    }
    return rows;
  }
}
