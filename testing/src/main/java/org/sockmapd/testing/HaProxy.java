package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Debian's HAProxy in TCP mode in front of servers on loopback, each new connection going to the
 * next of them. It ends with the JVM in any case. Thread-safe.
 */
public final class HaProxy implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int CONNECT_MILLIS = 500;
  private static final String ADMIN_SOCKET = "admin";

  private final EmbeddedUnit unit;

  private HaProxy(EmbeddedUnit unit) {
    this.unit = unit;
  }

  /**
   * Starts one; the calling test is skipped where HAProxy is not installed (see {@link
   * Prerequisite}).
   *
   * @param ports where the servers listen
   */
  public static HaProxy start(List<Integer> ports) {
    return start(ports, MAX_CONNECTIONS);
  }

  /**
   * Starts one that has few connections to give: further ones are taken by the kernel, and wait.
   *
   * @param ports where the servers listen
   * @param maxConnections how many it forwards at a time
   */
  public static HaProxy start(List<Integer> ports, int maxConnections) {
    return started(unit(ports, maxConnections, ""));
  }

  /**
   * Starts one that has few connections to a server to give: it takes further ones itself, and has
   * them wait.
   *
   * @param port where the server listens
   * @param maxConnections how many it forwards at a time
   */
  public static HaProxy queueing(int port, int maxConnections) {
    return started(unit(List.of(port), MAX_CONNECTIONS, " maxconn " + maxConnections));
  }

  private static HaProxy started(EmbeddedUnit unit) {
    HaProxy proxy = new HaProxy(unit);
    proxy.start();
    return proxy;
  }

  private static EmbeddedUnit unit(List<Integer> ports, int maxConnections, String serverOptions) {
    String program = ExecutablePath.find("haproxy").map(Path::toString).orElse("");
    Prerequisite.require(!program.isEmpty(), "these tests need HAProxy (Debian's haproxy)");
    Path directory = Directories.temporary("sockmapd-haproxy-");
    int port = FreePort.choose();
    String text =
        file(directory.resolve(ADMIN_SOCKET), port, maxConnections) + servers(ports, serverOptions);
    Path file = Directories.write(directory.resolve("haproxy.cfg"), text);
    List<String> command = List.of(program, "-db", "-f", file.toString());
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "TERM"));
  }

  private static String file(Path adminSocket, int port, int maxConnections) {
    return """
    global
      stats socket %s level admin
    defaults
      mode tcp
      timeout connect 2s
      timeout client 60s
      timeout server 60s
      timeout queue 60s
    listen databases
      bind 127.0.0.1:%d
      maxconn %d
    """
        .formatted(adminSocket, port, maxConnections);
  }

  private static String servers(List<Integer> ports, String options) {
    return ports.stream()
        .map(port -> "  server s%1$d 127.0.0.1:%1$d%2$s\n".formatted(port, options))
        .collect(Collectors.joining());
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The same after a restart. */
  public int port() {
    return unit.port();
  }

  /** Starts it again after {@link #stop} or {@link #kill}; returns once it takes connections. */
  public void start() {
    unit.start();
    Polling.until(this::listens, unit::isAlive, START_PATIENCE, () -> "no HAProxy:\n" + unit.log());
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host(), port()), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Changes how many connections a {@linkplain #queueing queueing} one forwards at a time. Those
   * that are open go on.
   *
   * @param port where the server listens
   * @param maxConnections how many from now on
   */
  public void limit(int port, int maxConnections) {
    var address = UnixDomainSocketAddress.of(unit.directory().resolve(ADMIN_SOCKET));
    String order = "set maxconn server databases/s%d %d\n".formatted(port, maxConnections);
    try (SocketChannel admin = SocketChannel.open(address)) {
      admin.write(ByteBuffer.wrap(order.getBytes(StandardCharsets.US_ASCII)));
      admin.shutdownOutput();
      while (admin.read(ByteBuffer.allocate(256)) >= 0) {
        // It says nothing unless it refuses, and ends when it is done.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it at once, cutting all connections. */
  public void stop() {
    unit.stop();
  }

  /** Ends it by SIGKILL. */
  public void kill() {
    unit.kill();
  }

  /** Freezes it by SIGSTOP: the kernel still accepts connections, nobody answers on them. */
  public void pause() {
    unit.pause();
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    unit.resume();
  }

  /** Ends it in any state. */
  @Override
  public void close() {
    unit.close();
  }
}
