package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver gets its sockets while a thread opens a connection by it: connected ones, since
 * drivers know neither UNIX sockets nor more than one address of a host. Whoever opens a connection
 * can close its socket whatever the driver is about. For use by one thread.
 */
public final class DriverSockets implements AutoCloseable {
  private static final ThreadLocal<@Nullable DriverSockets> CURRENT = new ThreadLocal<>();

  private final @Nullable Source source;
  private @Nullable Socket latest;

  /** Makes sockets. */
  @FunctionalInterface
  public interface Source {
    /**
     * Makes a socket.
     *
     * @return a connected one
     * @throws IOException if it cannot be connected
     */
    Socket connect() throws IOException;
  }

  private DriverSockets(@Nullable Source source) {
    this.source = source;
  }

  /**
   * Has the calling thread's drivers take their sockets from a source, until this is closed.
   *
   * @param source makes as many as a driver wants one after the other; null for a driver that needs
   *     none, or connects them itself
   * @return the sockets that it makes
   */
  public static DriverSockets from(@Nullable Source source) {
    DriverSockets sockets = new DriverSockets(source);
    CURRENT.set(sockets);
    return sockets;
  }

  /** Makes a socket for a driver; where nobody gave a source, one that the driver connects. */
  static Socket make() throws IOException {
    @Nullable DriverSockets current = CURRENT.get();
    return current == null ? new PollingSocket() : current.next();
  }

  private Socket next() throws IOException {
    Socket socket = source == null ? polling() : source.connect();
    latest = socket;
    return socket;
  }

  /**
   * Makes a socket that looks for an answer for a moment before it waits.
   *
   * @return one that is not connected
   */
  public static Socket polling() {
    return new PollingSocket();
  }

  /**
   * Connects to a UNIX socket, with time-outs and all that drivers expect of a socket.
   *
   * @param path where it is
   * @param timeout how long to wait until it is accepted
   * @return the socket
   * @throws UnixSocketException if it cannot be connected to
   * @throws IOException if it is not accepted in time
   */
  public static Socket unix(Path path, Duration timeout) throws IOException {
    return UnixSocket.connect(path, timeout);
  }

  /**
   * Returns the socket that the driver took last.
   *
   * @return the socket, or null if it took none
   */
  public @Nullable Socket latest() {
    return latest;
  }

  @Override
  public void close() {
    CURRENT.remove();
  }
}
