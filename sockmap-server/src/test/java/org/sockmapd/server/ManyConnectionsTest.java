package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * More connections than there is room for, and many that are idle: as many as {@code
 * -Dsockmapd.soak.connections=10000} says.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {
  private static final int DESCRIPTORS = 120;
  private static final int WARM_UP_REQUESTS = 20_000;
  private static final int REQUESTS = 10_000;
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

  /** What it prints is the figures of {@code docs/reliability.md}. */
  @Test
  void givesAnIdleConnectionLittleMemoryAndOthersTheirAnswers() throws Exception {
    try (IsolatedServer server = IsolatedServer.start(IDLE + 1_000, ConnectionThreads.VIRTUAL)) {
      Latencies.of(server, WARM_UP_REQUESTS);
      long before = residentKilobytes(server);
      Latencies alone = Latencies.of(server, REQUESTS);

      connect(server, IDLE);
      for (WireClient client : clients) {
        assertThat(client.ask("echo key")).isEqualTo("OK key");
      }

      long with = residentKilobytes(server);
      System.out.printf("0 idle: %d MB resident, %s%n", before / 1024, alone);
      System.out.printf(
          "%d idle: %d MB resident, %s%n", IDLE, with / 1024, Latencies.of(server, REQUESTS));
      // Garbage and pages of the heap that were never given back are in it too.
      assertThat((with - before) / IDLE).isLessThan(64);
    }
  }

  /** The times of lookups over some connections, one question after another on each. */
  private record Latencies(long medianMicros, long highMicros) {
    private static final int CONNECTIONS = 4;

    static Latencies of(IsolatedServer server, int requests) throws Exception {
      List<Callable<long[]>> working = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        working.add(() -> ask(server, requests / CONNECTIONS));
      }
      try (ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
        LongStream all = LongStream.empty();
        for (Future<long[]> each : pool.invokeAll(working)) {
          all = LongStream.concat(all, LongStream.of(each.get()));
        }
        long[] sorted = all.sorted().toArray();
        return new Latencies(sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
      }
    }

    private static long[] ask(IsolatedServer server, int requests) throws IOException {
      long[] micros = new long[requests];
      try (WireClient client = WireClient.connect(server.endpoint())) {
        for (int i = 0; i < requests; i++) {
          long begun = System.nanoTime();
          assertThat(client.ask("echo key")).isEqualTo("OK key");
          micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        }
      }
      return micros;
    }

    @Override
    public String toString() {
      return "median %d us, 99th percentile %d us".formatted(medianMicros, highMicros);
    }
  }

  private static long residentKilobytes(IsolatedServer server) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
