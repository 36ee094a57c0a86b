package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

  /** Breaks every connection in use, so that those who wait on one wait no longer. */
  void abortAll() {
    since.keySet().forEach(Leases::abort);
  }

  private static void abort(Connection connection) {
    try {
      // On a thread of its own: a driver may wait for the very answer that does not come.
      connection.abort(Thread.ofPlatform().daemon().name("sockmapd-abort")::start);
    } catch (SQLException e) {
      System.getLogger(Leases.class.getName())
          .log(System.Logger.Level.DEBUG, "aborting a connection failed", e);
    }
  }
}
