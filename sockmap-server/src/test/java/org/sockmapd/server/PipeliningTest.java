package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** Many requests of one connection at once, answered in any order, replied to in theirs. */
@Timeout(120)
class PipeliningTest {
  private final HeldTable table = new HeldTable(Map.of("now", "at once"));

  @Test
  void repliesInTheOrderOfTheRequestsThoughAnsweredInAnother() throws Exception {
    try (SocketmapServer server = TestServer.start("t", table);
        WireClient client = connect(server)) {
      client.send(netstring("t a") + netstring("t now") + netstring("t b") + netstring("bad"));
      HeldTable.Asked a = table.next();
      HeldTable.Asked b = table.next();

      b.found("second");
      a.found("first");

      assertThat(client.read()).isEqualTo("OK first");
      assertThat(client.read()).isEqualTo("OK at once");
      assertThat(client.read()).isEqualTo("OK second");
      assertThat(client.read()).startsWith("PERM ");
    }
  }

  @Test
  void doesNotHoldBackAReplyThatIsReadyForOneThatIsLate() throws Exception {
    try (SocketmapServer server = TestServer.start("t", table);
        WireClient client = connect(server)) {
      client.send(netstring("t now") + netstring("t late"));
      HeldTable.Asked late = table.next();

      assertThat(client.read()).isEqualTo("OK at once");
      late.found("late");
      assertThat(client.read()).isEqualTo("OK late");
    }
  }

  @Test
  void doesNotHoldBackAReplyWhileTheNextLookupBlocks() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    LookupTable blocking =
        key -> {
          if (key.equals("slow")) {
            awaitUninterruptibly(released);
          }
          return new LookupResult.Found(key);
        };
    try (SocketmapServer server = TestServer.start("t", blocking);
        WireClient client = connect(server)) {
      client.send(netstring("t quick") + netstring("t slow"));

      assertThat(client.read()).isEqualTo("OK quick");
      released.countDown();
      assertThat(client.read()).isEqualTo("OK slow");
    }
  }

  @Test
  void sendsTheAnswerThatAnInterruptedThreadGives() throws Exception {
    try (SocketmapServer server = TestServer.start("t", table);
        WireClient client = connect(server)) {
      client.send(netstring("t a"));
      HeldTable.Asked asked = table.next();
      Thread.currentThread().interrupt();
      asked.found("first");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(client.read()).isEqualTo("OK first");
      assertThat(client.ask("t now")).isEqualTo("OK at once");
    }
  }

  @Test
  void survivesATableThatInterruptsItsCaller() throws Exception {
    LookupTable interrupting =
        key -> {
          Thread.currentThread().interrupt();
          return new LookupResult.Found(key);
        };
    try (SocketmapServer server = TestServer.start("t", interrupting);
        WireClient client = connect(server)) {
      assertThat(client.ask("t a")).isEqualTo("OK a");
      assertThat(client.ask("t b")).isEqualTo("OK b");
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesOnlyTheFirstOfSeveralAnswers() throws Exception {
    try (SocketmapServer server = TestServer.start("t", table);
        WireClient client = connect(server)) {
      client.send(netstring("t a"));
      HeldTable.Asked asked = table.next();
      asked.found("first");
      asked.found("second");

      assertThat(client.read()).isEqualTo("OK first");
      assertThat(client.ask("t now")).isEqualTo("OK at once");
    }
  }

  @Test
  void readsNoFurtherThanItsLimitOfUnansweredRequests() throws Exception {
    SocketmapServer.Builder builder =
        TestServer.builder("t", table).limits(ServerLimits.builder().maxPipelined(3).build());
    try (SocketmapServer server = TestServer.start(builder);
        WireClient client = connect(server)) {
      client.send(netstring("t x").repeat(10));
      List<HeldTable.Asked> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // The fourth is asked, and then waits for its place.
        asked.add(table.next());
      }
      asked.get(0).found("0");
      assertThat(client.read()).isEqualTo("OK 0");
      asked.add(table.next());
      assertThat(table.unanswered()).isZero();

      for (int i = 1; i < 10; i++) {
        if (i >= asked.size()) {
          asked.add(table.next());
        }
        asked.get(i).found("" + i);
        assertThat(client.read()).isEqualTo("OK " + i);
      }
    }
  }

  @Test
  void answersWhatIsLateForAClientThatHasEndedItsInput() throws Exception {
    try (SocketmapServer server = TestServer.start("t", table);
        WireClient client = connect(server)) {
      client.send(netstring("t a")).endInput();
      table.next().found("late");

      assertThat(client.read()).isEqualTo("OK late");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheOrderWhileManyThreadsAnswerInAnyOrder(ConnectionThreads threads) throws Exception {
    try (ExecutorService lanes = Executors.newFixedThreadPool(4)) {
      LookupTable shuffled = new ShufflingTable(lanes, new Random(7));
      try (SocketmapServer server =
          TestServer.start(TestServer.builder("t", shuffled).threads(threads))) {
        askFromManyClients(server, 8, 40, 50);
      }
    }
  }

  private static void askFromManyClients(
      SocketmapServer server, int clients, int rounds, int pipelined) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(clients);
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int number = c;
        all.add(
            pool.submit(
                () -> {
                  begin.await();
                  askAll(server, "c" + number, rounds, pipelined);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void askAll(SocketmapServer server, String name, int rounds, int pipelined)
      throws Exception {
    try (WireClient client = connect(server)) {
      for (int round = 0; round < rounds; round++) {
        String prefix = name + "-" + round + "-";
        StringBuilder requests = new StringBuilder();
        IntStream.range(0, pipelined).forEach(i -> requests.append(netstring("t " + prefix + i)));
        client.send(requests.toString());
        for (int i = 0; i < pipelined; i++) {
          assertThat(client.read()).isEqualTo("OK " + prefix + i);
        }
      }
    }
  }

  /** Answers a part at once and the rest from several threads, each its batch in any order. */
  private record ShufflingTable(ExecutorService lanes, Random random) implements LookupTable {
    @Override
    public LookupResult lookup(String key) {
      return new LookupResult.Found(key);
    }

    @Override
    public void lookup(String key, java.util.function.Consumer<? super LookupResult> answer) {
      int choice = next(4);
      if (choice == 0) {
        answer.accept(lookup(key));
      } else if (choice == 1) {
        lanes.execute(() -> answer.accept(lookup(key)));
      } else {
        lanes.execute(() -> lanes.execute(() -> answer.accept(lookup(key))));
      }
    }

    private int next(int bound) {
      synchronized (random) {
        return random.nextInt(bound);
      }
    }
  }
}
