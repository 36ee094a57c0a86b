package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More connections than there is room for, and many that are idle. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {
  private static final int DESCRIPTORS = 120;
  private static final int IDLE = Integer.getInteger("sockmapd.soak.connections", 1_000);

  private final List<WireClient> clients = new ArrayList<>();

  @AfterEach
  void disconnect() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    clients.clear();
  }

  private void connect(IsolatedServer server, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(WireClient.connect(server.endpoint()));
    }
  }

  /**
   * Asks often enough that the server waits for a request at least once: the JVM opens what virtual
   * threads wait with when one first does, and could not do it without a file descriptor.
   */
  private static void requireAnswer(IsolatedServer server) throws IOException {
    try (WireClient client = WireClient.connect(server.endpoint())) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.ask("echo key")).isEqualTo("OK key");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void livesOnQuietlyWithoutFileDescriptorsAndAcceptsWhenItHasSome(ConnectionThreads threads)
      throws Exception {
    try (IsolatedServer server = IsolatedServer.start(DESCRIPTORS, threads)) {
      requireAnswer(server);
      connect(server, 2 * DESCRIPTORS);
      assertThat(server.readLine()).isEqualTo("accept failed");
      assertThat(clients.getFirst().ask("echo key")).isEqualTo("OK key");

      long before = server.acceptorMillis();
      await().during(1, TimeUnit.SECONDS).until(() -> server.acceptorMillis() - before < 300);

      disconnect();
      requireAnswer(server);
    }
  }

  @Test
  void givesAnIdleConnectionLittleMemory() throws Exception {
    try (IsolatedServer server = IsolatedServer.start(IDLE + 1_000, ConnectionThreads.VIRTUAL)) {
      requireAnswer(server);
      long before = residentKilobytes(server);

      connect(server, IDLE);
      for (WireClient client : clients) {
        assertThat(client.ask("echo key")).isEqualTo("OK key");
      }

      // Garbage and pages of the heap that were never given back are in it too.
      assertThat((residentKilobytes(server) - before) / IDLE).isLessThan(64);
    }
  }

  private static long residentKilobytes(IsolatedServer server) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
