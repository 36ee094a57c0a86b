package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.PostgresServer;

/** What is held against a node, and what is not. */
@Timeout(60)
class NodeTest {
  private static final String SCHEMA = "node";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final NodeWork<String> WORK = (connection, name) -> "done";

  private final RecordedEvents events = new RecordedEvents();
  private FaultyProxy way;
  private Node node;

  @BeforeEach
  void open() throws SQLException {
    PostgresServer.shared().createDatabase(SCHEMA);
    way = FaultyProxy.to(PostgresServer.shared().port());
    NodeAddress address = new NodeAddress(way.host(), way.port());
    DatabaseSettings settings =
        ServerDatabase.account(PostgresServer.shared(), SCHEMA).host(address).build();
    RandomGenerator random = RandomGenerator.getDefault();
    node = new Node(address.toString(), settings, events, System::nanoTime, random);
  }

  @AfterEach
  void close() {
    node.close();
    way.close();
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, System::nanoTime);
  }

  private LookupFailure failureOf(Duration time) {
    return catchThrowableOfType(LookupFailure.class, () -> node.attempt(WORK, in(time)));
  }

  @Test
  void aConnectionThatALookupHadNoTimeToWaitForIsNotHeldAgainstItsNode() throws Exception {
    way.delay(Duration.ofMillis(50));
    assertThat(failureOf(Duration.ofMillis(100)).kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(node.outage() == null).isTrue();
    assertThat(node.attempt(WORK, in(PATIENCE))).isEqualTo("done");
    assertThat(events.lines).isEmpty();
  }

  @Test
  void aNodeThatHangsIsFoundOutHoweverLittleTimeALookupHas() {
    way.dropNew();
    assertThat(failureOf(Duration.ofMillis(100)).kind()).isEqualTo(FailureKind.TIMEOUT);
    await().atMost(PATIENCE).until(() -> node.outage() != null);
    assertThat(events.lines).containsExactly("down " + node.name());
  }

  @Test
  void lookupsThatAnOutageEndsDoNotTryTheNodeAgain() throws Exception {
    NodeWork<String> slow = NodeTest::sleep;
    AtomicInteger tries = new AtomicInteger();
    NodeWork<String> broken =
        (connection, name) -> {
          connection.abort(Runnable::run);
          if (tries.incrementAndGet() == 2) {
            way.dropNew(); // No probe ends the outage.
          }
          throw new SQLException("the node is about to end", "57P01");
        };
    try (ExecutorService clients = Executors.newCachedThreadPool()) {
      Future<LookupFailure> underWay =
          clients.submit(
              () ->
                  catchThrowableOfType(
                      LookupFailure.class, () -> node.attempt(slow, in(PATIENCE))));
      awaitSleeper();
      LookupFailure failure =
          catchThrowableOfType(LookupFailure.class, () -> node.attempt(broken, in(PATIENCE)));
      assertThat(failure.kind()).isEqualTo(FailureKind.NODE);
      long begun = System.nanoTime();
      assertThat(underWay.get().kind()).isEqualTo(FailureKind.NODE);
      // A connection would not be given up for two seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aNodeThatGivesNoFurtherConnectionStaysInUse() throws Exception {
    NodeWork<String> brief = (connection, name) -> sleep(connection, 3);
    try (ExecutorService clients = Executors.newCachedThreadPool()) {
      Future<String> first = clients.submit(() -> node.attempt(brief, in(PATIENCE)));
      awaitSleeper();
      way.dropNew();
      Future<String> second = clients.submit(() -> node.attempt(WORK, in(PATIENCE)));
      assertThat(second.get()).isEqualTo("done");
      assertThat(first.get()).isEqualTo("slept");
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  void anInterruptOfALookupIsNotHeldAgainstItsNode() throws Exception {
    NodeWork<String> slow = NodeTest::sleep;
    FutureTask<LookupFailure> lookup =
        new FutureTask<>(
            () -> {
              LookupFailure failure =
                  catchThrowableOfType(LookupFailure.class, () -> node.attempt(slow, in(PATIENCE)));
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return failure;
            });
    Thread thread = Thread.ofVirtual().start(lookup);
    awaitSleeper();
    thread.interrupt();
    assertThat(lookup.get().kind()).isEqualTo(FailureKind.PASSING);
    assertThat(node.outage() == null).isTrue();
    assertThat(node.attempt(WORK, in(PATIENCE))).isEqualTo("done");
    assertThat(events.lines).isEmpty();
  }

  @Test
  void anInterruptOfALookupThatConnectsIsNotHeldAgainstItsNode() throws Exception {
    way.dropNew();
    FutureTask<LookupFailure> lookup = new FutureTask<>(() -> failureOf(PATIENCE));
    Thread thread = Thread.ofPlatform().start(lookup);
    await().until(() -> way.connections() == 1);
    thread.interrupt();
    assertThat(lookup.get().kind()).isEqualTo(FailureKind.PASSING);
    assertThat(events.lines).isEmpty();
  }

  /** A login takes eight round trips. */
  @Test
  void aNodeFarAwayIsInUseAsLongAsItAnswers() throws Exception {
    assertThat(node.attempt(WORK, in(PATIENCE))).isEqualTo("done");
    way.delay(Duration.ofMillis(500));
    NodeWork<String> brief = (connection, name) -> sleep(connection, 0);
    Duration share = Duration.ofSeconds(5);
    for (int i = 0; i < 4; i++) {
      node.watch();
      FutureTask<String> lookup = new FutureTask<>(() -> node.attempt(brief, in(share)));
      Thread.ofPlatform().start(lookup);
      for (int looks = 0; !lookup.isDone() && looks < 100; looks++) {
        Thread.sleep(50);
        node.watch();
      }
      assertThat(lookup.get()).isEqualTo("slept");
    }
    // Probes have begun, and what they find does not count.
    assertThat(events.of("down")).isEmpty();
    assertThat(node.outage() == null).isTrue();
  }

  @Test
  void aConnectionMayTakeLongerThanTheConnectTimeoutIfEachStepDoesNot() {
    way.delay(Duration.ofMillis(500));
    assertThat(failureOf(Duration.ofSeconds(4)).kind()).isEqualTo(FailureKind.TIMEOUT);
    await().atMost(PATIENCE).until(node::hasIdleConnection);
    assertThat(events.of("down")).isEmpty();
  }

  private static void awaitSleeper() {
    String asleep =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '"
            + SCHEMA
            + "'";
    await().until(() -> !PostgresServer.shared().single(SCHEMA, asleep).equals("0"));
  }

  private static String sleep(Connection connection, String node) throws SQLException {
    return sleep(connection, 60);
  }

  private static String sleep(Connection connection, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(" + seconds + ")");
      return "slept";
    }
  }

  @Test
  void aNodeThatRefusesIsOutOfUseAtOnceHoweverLittleTimeALookupHas() {
    way.refuse();
    assertThat(failureOf(Duration.ofMillis(100)).kind()).isEqualTo(FailureKind.NODE);
    assertThat(node.outage() == null).isFalse();
  }
}
