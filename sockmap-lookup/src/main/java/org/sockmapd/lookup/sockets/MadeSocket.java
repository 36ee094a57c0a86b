package org.sockmapd.lookup.sockets;

import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The socket that a driver makes while it connects, for those who must be able to close it whatever
 * the driver is about. Safe for use by many threads; each has its own.
 */
public final class MadeSocket {
  private static final ThreadLocal<@Nullable Socket> LATEST = new ThreadLocal<>();

  private MadeSocket() {}

  static Socket polling() {
    return made(new PollingSocket());
  }

  static Socket made(Socket socket) {
    LATEST.set(socket);
    return socket;
  }

  /**
   * Takes the socket that a driver made last in this thread.
   *
   * @return the socket, or null if none was made since it was last taken
   */
  public static @Nullable Socket take() {
    Socket socket = LATEST.get();
    LATEST.remove();
    return socket;
  }
}
