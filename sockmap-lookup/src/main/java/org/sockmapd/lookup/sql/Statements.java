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

  Statements(String mapName, LookupEvents events) {
    this.mapName = mapName;
    this.events = events;
  }

  /** Takes each row in turn, and tells whether it wants more. */
  @FunctionalInterface
  interface RowReader {
    boolean read(ResultSet row) throws SQLException;
  }

  /** Asks on a connection; the driver keeps the statement prepared for the next time. */
  void query(Connection connection, String node, String sql, List<String> bound, RowReader reader)
      throws SQLException {
    long begun = events.explains() ? System.nanoTime() : 0;
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
    if (events.explains()) {
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      events.queried(mapName, node, sql, bound, rows, time);
    }
  }
}
