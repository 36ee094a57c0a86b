package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.server.WireClient.netstring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.protocol.Endpoint;

/**
 * Stops servers at any moment of a load that connects and asks, again and again. Whatever request
 * has reached a table must be answered to its client, and nothing may be left behind. More rounds
 * with {@code -Dsockmapd.soak.rounds=5000}.
 */
@Timeout(3_600)
class StopRaceTest {
  private static final int ROUNDS = Integer.getInteger("sockmapd.soak.rounds", 150);
  private static final int CLIENTS = 4;

  /** The keys that a table was asked and those whose reply was read; each key is asked once. */
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private final Set<String> replied = ConcurrentHashMap.newKeySet();
  private final RecordingEvents events = new RecordingEvents();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void answersEveryRequestThatWasReadHoweverItIsStopped(ConnectionThreads threads)
      throws Exception {
    Endpoint file = Endpoint.parse("unix:" + folder.resolve("s"));
    try (ExecutorService lane = Executors.newSingleThreadExecutor();
        ExecutorService pool = Executors.newFixedThreadPool(2 * CLIENTS)) {
      for (int round = 0; round < ROUNDS; round++) {
        SocketmapServer server =
            TestServer.start(
                TestServer.builder("t", new AskedOnce(lane))
                    .listen(file)
                    .threads(threads)
                    .events(events));
        List<Future<?>> clients = load(server, pool, threads + "-" + round);
        letRun(round, clients);
        assertThat(server.stop(Duration.ofSeconds(30))).isTrue();
        for (Future<?> client : clients) {
          client.get();
        }
        assertThat(replied).containsAll(asked);
        assertThat(folder.resolve("s")).doesNotExist();
        asked.clear();
        replied.clear();
      }
    }
    assertThat(events.causes).isEmpty();
    assertThat(events.lines).noneMatch(line -> line.startsWith("malformed"));
  }

  /** Between not at all and some milliseconds, so that each round stops at another point. */
  private void letRun(int round, List<Future<?>> clients) {
    int enough = round % 40;
    while (asked.size() < enough && clients.stream().noneMatch(Future::isDone)) {
      Thread.onSpinWait();
    }
  }

  private List<Future<?>> load(SocketmapServer server, ExecutorService pool, String name) {
    List<Endpoint> endpoints = server.endpoints();
    List<Future<?>> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      Endpoint endpoint = endpoints.get(c % endpoints.size());
      String prefix = name + "-" + c + "-";
      clients.add(pool.submit(() -> askUntilItIsOver(endpoint, prefix)));
      clients.add(pool.submit(() -> connectUntilItIsOver(endpoint)));
    }
    return clients;
  }

  private void askUntilItIsOver(Endpoint endpoint, String prefix) {
    for (int i = 0; ; i++) {
      try (WireClient client = WireClient.connect(endpoint)) {
        for (int j = 0; j < 3; j++) {
          askTwo(client, prefix + i + "-" + j);
        }
      } catch (IOException e) {
        return; // Closed between two requests, or not open any more.
      }
    }
  }

  /**
   * Keeps the newest connection open and asks nothing more on it: one that is accepted while the
   * server stops, and forgotten, would keep it from ever being drained.
   */
  private static void connectUntilItIsOver(Endpoint endpoint) {
    List<WireClient> newest = new ArrayList<>();
    try {
      while (true) {
        newest.add(WireClient.connect(endpoint));
        newest.getLast().ask("nomap key");
        if (newest.size() > 1) {
          newest.removeFirst().close();
        }
      }
    } catch (IOException noLongerOpen) {
      newest.forEach(StopRaceTest::awaitEnd);
    }
  }

  private static void awaitEnd(WireClient client) {
    try (client) {
      assertThat(client.isClosedByServer()).isTrue();
    } catch (IOException reset) {
      assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  private void askTwo(WireClient client, String key) throws IOException {
    client.send(netstring("t " + key + "-now") + netstring("t " + key + "-late"));
    for (String end : List.of("-now", "-late")) {
      assertThat(client.read()).isEqualTo("OK " + key + end);
      replied.add(key + end);
    }
  }

  /** Remembers what it was asked, and answers a part later, on another thread. */
  private final class AskedOnce implements LookupTable {
    private final ExecutorService lane;

    AskedOnce(ExecutorService lane) {
      this.lane = lane;
    }

    @Override
    public LookupResult lookup(String key) {
      return new LookupResult.Found(key);
    }

    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      asked.add(key);
      if (key.endsWith("late")) {
        lane.execute(() -> answer.accept(lookup(key)));
      } else {
        answer.accept(lookup(key));
      }
    }
  }
}
