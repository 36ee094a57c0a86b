package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connections of a node that are in use, and since when. */
final class Leases {
  private final Map<Connection, Long> since = new ConcurrentHashMap<>();

  void begin(Connection connection, long now) {
    since.put(connection, now);
  }

  void end(Connection connection) {
    since.remove(connection);
  }

  /** Tells whether some use goes on for longer than a time. */
  boolean anyLongerThan(long nanos, long now) {
    return since.values().stream().anyMatch(start -> now - start > nanos);
  }

  /** Does something to every connection whose use goes on for longer than a time. */
  void forEachLongerThan(long nanos, long now, Consumer<Connection> action) {
    since.forEach(
        (connection, start) -> {
          if (now - start > nanos) {
            action.accept(connection);
          }
        });
  }

  void forEach(Consumer<Connection> action) {
    since.keySet().forEach(action);
  }
}
