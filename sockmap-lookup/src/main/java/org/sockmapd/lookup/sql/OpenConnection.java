package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that stands, and can be ended whatever its driver is about. */
final class OpenConnection {
  private final Connection jdbc;
  private final @Nullable Socket socket;

  /**
   * @param socket what it goes by, or null if only the driver knows
   */
  OpenConnection(Connection jdbc, @Nullable Socket socket) {
    this.jdbc = jdbc;
    this.socket = socket;
  }

  /** The driver's connection. */
  Connection jdbc() {
    return jdbc;
  }

  /** Takes leave of the node, which may have to answer to that. */
  void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      debug("closing a connection failed", e);
    }
  }

  /**
   * Closes connections, not in the calling thread, which others wait for: a driver that says
   * good-bye by TLS waits for the answer of a node that gives none.
   *
   * @return the thread that does
   */
  static Thread closeAll(List<OpenConnection> connections) {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("sockmapd-close")
            .unstarted(() -> connections.forEach(OpenConnection::close));
    if (!connections.isEmpty()) {
      closer.start();
    }
    return closer;
  }

  /**
   * Ends it at once, and the wait of whoever waits on it: by closing its socket, since a driver may
   * wait for the answer that does not come, or go and ask the server to end the statement.
   */
  void abort() {
    if (socket == null) {
      Thread.ofPlatform().daemon().name("sockmapd-abort").start(this::abortByDriver);
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      debug("a socket cannot be closed", e);
    }
  }

  private void abortByDriver() {
    try {
      jdbc.abort(Runnable::run);
    } catch (SQLException e) {
      debug("aborting a connection failed", e);
    }
  }

  private static void debug(String what, Exception failure) {
    System.getLogger(OpenConnection.class.getName()).log(System.Logger.Level.DEBUG, what, failure);
  }
}
