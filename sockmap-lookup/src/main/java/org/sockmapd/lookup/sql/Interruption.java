package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends the wait for a server that does not answer. */
final class Interruption {
  private Interruption() {}

  /** Breaks a connection. */
  static void abort(Connection connection) throws SQLException {
    // On a thread of its own: a driver may wait for the very answer that does not come.
    connection.abort(task -> Thread.ofPlatform().daemon().name("sockmapd-abort").start(task));
  }
}
