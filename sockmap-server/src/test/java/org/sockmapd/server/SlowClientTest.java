package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sockmapd.server.TestServer.connect;
import static org.sockmapd.server.WireClient.netstring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.TcpTimers;

/** Clients that are silent, do not read, send half of a request, or are gone. */
@Timeout(60)
class SlowClientTest {
  private static final Duration IDLE = Duration.ofSeconds(40);
  private static final Duration WRITE = Duration.ofSeconds(20);
  private static final String BIG = "x".repeat(90_000);

  /** As many big replies as the buffers of both sides cannot hold. */
  private static final int MANY = 100;

  @TempDir java.nio.file.Path folder;

  private final SteppedClock clock = new SteppedClock();
  private final RecordingEvents events = new RecordingEvents();
  private final HeldTable held = new HeldTable();
  private final AtomicReference<WireClient> vanishing = new AtomicReference<>();
  private SocketmapServer server;

  @BeforeEach
  void start() throws IOException {
    start(ConnectionThreads.recommended());
  }

  private void start(ConnectionThreads threads) throws IOException {
    LookupTables tables =
        LookupTables.builder()
            .add("held", held)
            .add("big", key -> new LookupResult.Found(BIG))
            .add("echo", LookupResult.Found::new)
            .add("vanish", this::whileItsClientVanishes)
            .build();
    server =
        TestServer.start(
            SocketmapServer.builder()
                .tables(tables)
                .listen(TestServer.ANY_PORT)
                .listen(Endpoint.parse("unix:" + folder.resolve("s-" + threads)))
                .clock(clock, SteppedClock.LOOK_OFTEN)
                .threads(threads)
                .events(events)
                .limits(ServerLimits.builder().idleTimeout(IDLE).writeTimeout(WRITE).build()));
  }

  @AfterEach
  void stop() {
    server.stopNow();
  }

  private void pass(Duration time) {
    clock.pass(time, Duration.ofSeconds(1));
  }

  @Test
  void answersASlowLookupThoughGarbageFollowedIt() throws Exception {
    try (WireClient client = connect(server)) {
      client.send(netstring("held key") + "\n");
      HeldTable.Asked asked = held.next();

      pass(Duration.ofSeconds(10));
      asked.found("late");

      assertThat(client.read()).isEqualTo("OK late");
      assertThat(client.read()).startsWith("PERM netstring");
    }
  }

  @Test
  void closesAConnectionThatIsIdleForTooLong() throws IOException {
    try (WireClient client = connect(server)) {
      client.ask("echo a");
      pass(IDLE.minusSeconds(2));
      assertThat(client.ask("echo a")).isEqualTo("OK a");
      pass(IDLE.minusSeconds(2));
      assertThat(client.ask("echo a")).isEqualTo("OK a");

      pass(IDLE.plusSeconds(2));

      assertThat(client.isClosedByServer()).isTrue();
      assertThat(events.lines).contains("disconnected: idle for too long");
    }
  }

  @Test
  void takesAClientThatNeverCompletesItsRequestForIdle() throws IOException {
    try (WireClient client = connect(server)) {
      client.send("9:echo");
      pass(IDLE.dividedBy(2));
      client.send(" ");
      pass(IDLE.dividedBy(2).plusSeconds(2));

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  /** Its machine was switched off: no FIN comes, and none will. */
  @Test
  void forgetsAPeerThatIsGoneWithoutAWord() throws IOException {
    Endpoint.Inet endpoint = (Endpoint.Inet) server.endpoints().getFirst();
    try (FaultyProxy network = FaultyProxy.to(endpoint.port())) {
      try (WireClient client =
          WireClient.connect(new Endpoint.Inet(network.host(), network.port()))) {
        assertThat(client.ask("echo a")).isEqualTo("OK a");
        network.hang();
      }
      assertThat(events.lines).noneMatch(line -> line.startsWith("disconnected"));

      pass(IDLE.plusSeconds(2));

      untilDisconnected("idle for too long");
    }
  }

  @Test
  void letsTheKernelAskWhetherAPeerIsStillThere() throws IOException {
    try (WireClient client = connect(server)) {
      client.ask("echo a");

      await().until(() -> TcpTimers.keepAlive(client.localPort()));
    }
  }

  @Test
  void doesNotTakeAClientThatWaitsForItsAnswerForIdle() throws Exception {
    try (WireClient waiting = connect(server)) {
      waiting.send(netstring("held a"));
      HeldTable.Asked asked = held.next();
      pass(IDLE.multipliedBy(2));
      asked.found("late");

      assertThat(waiting.read()).isEqualTo("OK late");
    }
  }

  @Test
  void givesUpATableThatDoesNotAnswer() throws Exception {
    try (WireClient waiting = connect(server)) {
      waiting.send(netstring("held a"));
      held.next();
      pass(Duration.ofSeconds(122));

      assertThat(waiting.isClosedByServer()).isTrue();
      assertThat(events.causes).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutsOffAClientThatDoesNotReadItsReplies(ConnectionThreads threads) throws IOException {
    stop();
    start(threads);
    for (Endpoint endpoint : server.endpoints()) {
      events.lines.clear();
      try (WireClient client = WireClient.connectWithSmallBuffer(endpoint)) {
        client.send(netstring("big a").repeat(MANY));
        assertThat(client.read()).isEqualTo("OK " + BIG); // More are on their way, and stuck.
        untilDisconnected("did not read its replies");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsAClientThatDoesNotReadHoldUpNobodyWhoAnswersLate(ConnectionThreads threads)
      throws Exception {
    stop();
    start(threads);
    for (Endpoint endpoint : server.endpoints()) {
      try (WireClient slow = WireClient.connectWithSmallBuffer(endpoint);
          WireClient other = connect(server)) {
        List<HeldTable.Asked> all = askManyFrom(slow);
        all.forEach(asked -> asked.found(BIG)); // On this thread, which would be stuck if it wrote.
        other.send(netstring("held b"));
        held.next().found("b");
        assertThat(other.read()).isEqualTo("OK b");

        for (int i = 0; i < MANY; i++) {
          assertThat(slow.read()).isEqualTo("OK " + BIG);
        }
      }
    }
  }

  @Test
  void cutsOffAClientThatDoesNotReadWhatIsLate() throws Exception {
    try (WireClient slow = WireClient.connectWithSmallBuffer(server.endpoints().getFirst())) {
      askManyFrom(slow).forEach(asked -> asked.found(BIG));

      untilDisconnected("did not read its replies");
    }
  }

  /**
   * All are taken before one is answered: a connection that has an answer to write while it still
   * reads requests may write it first, and be stuck.
   */
  private List<HeldTable.Asked> askManyFrom(WireClient client) throws Exception {
    client.send(netstring("held a").repeat(MANY));
    List<HeldTable.Asked> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(held.next());
    }
    return all;
  }

  /** The writer gets stuck some time after the client stopped reading. */
  private void untilDisconnected(String reason) {
    await()
        .until(
            () -> {
              pass(WRITE.dividedBy(4));
              return events.lines.contains("disconnected: " + reason);
            });
  }

  @Test
  void waitsOnlyMomentsForAClientThatSentGarbageToClose() throws IOException {
    try (WireClient client = connect(server)) {
      client.send("garbage");
      assertThat(client.read()).startsWith("PERM ");
      pass(Duration.ofSeconds(4));

      await().until(() -> events.lines.contains("disconnected: did not close after an error"));
    }
  }

  @Test
  void saysNothingAboveDebugOfClientsThatVanish() throws Exception {
    WireClient waiting = connect(server);
    waiting.send(netstring("held a"));
    HeldTable.Asked asked = held.next();
    waiting.reset();
    WireClient half = connect(server);
    half.send("9:echo");
    half.reset();
    WireClient unread = connect(server);
    unread.send(netstring("big a").repeat(MANY));
    unread.reset();
    asked.found("too late");

    await().until(() -> disconnected() >= 3);
    assertThat(events.lines)
        .allMatch(line -> line.startsWith("listening") || line.startsWith("disconnected"));
    assertThat(events.causes).isEmpty();
    try (WireClient client = connect(server)) {
      assertThat(client.ask("echo a")).isEqualTo("OK a");
    }
  }

  @Test
  void saysOfAClientThatItVanishedBeforeItsReply() throws Exception {
    vanishing.set(connect(server));
    vanishing.get().send(netstring("vanish a"));

    await().until(() -> disconnected() == 1);
  }

  private LookupResult whileItsClientVanishes(String key) {
    try {
      vanishing.get().reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LookupResult.Found(key);
  }

  private long disconnected() {
    return events.lines.stream().filter(line -> line.startsWith("disconnected")).count();
  }

  @Test
  void servesWhileManyConnectionsAreIdle() throws IOException {
    List<WireClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        idle.add(connect(server));
      }
      for (WireClient client : idle) {
        assertThat(client.ask("echo a")).isEqualTo("OK a");
      }
    } finally {
      for (WireClient client : idle) {
        client.close();
      }
    }
  }
}
