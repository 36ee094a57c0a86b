package org.sockmapd.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Debian's HAProxy in TCP mode in front of servers on loopback, each new connection going to the
 * next of them. It ends with the JVM in any case. Thread-safe.
 */
public final class HaProxy implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int CONNECT_MILLIS = 500;

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
    HaProxy proxy = new HaProxy(unit(ports, maxConnections));
    proxy.start();
    return proxy;
  }

  private static EmbeddedUnit unit(List<Integer> ports, int maxConnections) {
    String program = ExecutablePath.find("haproxy").map(Path::toString).orElse("");
    Prerequisite.require(!program.isEmpty(), "these tests need HAProxy (Debian's haproxy)");
    Path directory = Directories.temporary("sockmapd-haproxy-");
    int port = FreePort.choose();
    Path file =
        Directories.write(directory.resolve("haproxy.cfg"), file(port, ports, maxConnections));
    List<String> command = List.of(program, "-db", "-f", file.toString());
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "TERM"));
  }

  private static String file(int port, List<Integer> ports, int maxConnections) {
    StringBuilder file = new StringBuilder();
    file.append(
        """
        defaults
          mode tcp
          timeout connect 2s
          timeout client 60s
          timeout server 60s
        listen databases
          bind 127.0.0.1:%d
          maxconn %d
        """
            .formatted(port, maxConnections));
    ports.forEach(one -> file.append("  server s%1$d 127.0.0.1:%1$d\n".formatted(one)));
    return file.toString();
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
