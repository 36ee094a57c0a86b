package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux does about TCP connections of its own accord: {@code /proc/net/tcp}, proc(5). */
public final class TcpTimers {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int REMOTE_ADDRESS = 2;
  private static final int STATE = 3;
  private static final int TIMER = 5;
  private static final String ESTABLISHED = "01";
  private static final String KEEPALIVE = "02:";

  private TcpTimers() {}

  /**
   * Tells whether there is a connection to that port of another socket, and the kernel asks from
   * time to time whether the other side is still there.
   */
  public static boolean keepAlive(int remotePort) {
    String port = ":%04X".formatted(remotePort);
    return TABLES.stream()
        .flatMap(TcpTimers::rows)
        .map(line -> line.strip().split("\\s+"))
        .filter(row -> row[REMOTE_ADDRESS].endsWith(port) && row[STATE].equals(ESTABLISHED))
        .anyMatch(row -> row[TIMER].startsWith(KEEPALIVE));
  }

  private static Stream<String> rows(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table).stream().skip(1) : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
