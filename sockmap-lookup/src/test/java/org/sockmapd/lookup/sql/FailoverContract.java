package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.TcpTimers;

/** Two nodes, each behind a network that can be made to fail. */
interface FailoverContract {
  Found ONE = new Found("1");
  Duration PATIENCE = Duration.ofSeconds(30);

  TwoWays ways();

  private FaultyProxy first() {
    return ways().first;
  }

  private FaultyProxy second() {
    return ways().second;
  }

  /** What can happen to the way to a node. */
  enum Fault {
    REFUSE,
    DROP_NEW,
    HANG,
    CUT;

    void befall(FaultyProxy proxy) {
      switch (this) {
        case REFUSE -> {
          proxy.refuse();
          proxy.resetAll();
        }
        case DROP_NEW -> {
          proxy.dropNew();
          proxy.resetAll();
        }
        case HANG -> proxy.hang();
        case CUT -> proxy.cutAfterBytes(20);
      }
    }
  }

  default DatabaseSettings.Builder settings() {
    return ways()
        .account()
        .host(new NodeAddress(first().host(), first().port()))
        .host(new NodeAddress(second().host(), second().port()))
        .poolSize(3)
        .lookupTimeout(Duration.ofSeconds(4))
        .probeInterval(Duration.ofMillis(50), Duration.ofMillis(200));
  }

  @AfterEach
  default void repair() {
    ways().repair();
  }

  private static String node(FaultyProxy proxy) {
    return proxy.host() + ":" + proxy.port();
  }

  @ParameterizedTest
  @EnumSource
  default void asksTheSecondNodeWhenTheFirstFailsFromTheStart(Fault fault) {
    failsOver(new RecordedEvents(), () -> fault.befall(first()), () -> {});
  }

  @ParameterizedTest
  @EnumSource
  default void asksTheSecondNodeWhenTheFirstFailsInBetween(Fault fault) {
    failsOver(new RecordedEvents(), () -> {}, () -> fault.befall(first()));
  }

  private void failsOver(RecordedEvents events, Runnable before, Runnable between) {
    before.run();
    try (Database database = Database.open(settings().build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      between.run();
      assertThat(table.lookup("a")).isEqualTo(ONE);
      long begun = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(table.lookup("a")).isEqualTo(ONE);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      assertThat(events.of("down")).containsExactly("down " + node(first()));
      first().forward();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(table.lookup("a")).isEqualTo(ONE);
                assertThat(events.of("up")).contains("up " + node(first()));
              });
    }
    assertThat(events.of("failing")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  default void noClientSeesAFaultOfOneNodeUnderLoad(Fault fault) throws Exception {
    RecordedEvents events = new RecordedEvents();
    AtomicInteger answers = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    try (Database database = Database.open(settings().build(), events);
        ExecutorService clients = Executors.newFixedThreadPool(8)) {
      LookupTable table = Rows.table(database, events);
      Callable<Void> client =
          () -> {
            while (!stop.get()) {
              assertThat(table.lookup("a")).isEqualTo(ONE);
              answers.incrementAndGet();
            }
            return null;
          };
      List<Future<Void>> running = Stream.generate(() -> clients.submit(client)).limit(8).toList();
      awaitMore(answers, 200);
      fault.befall(first());
      await().atMost(PATIENCE).until(() -> !events.of("down").isEmpty());
      awaitMore(answers, 200);
      first().forward();
      await().atMost(PATIENCE).until(() -> !events.of("up").isEmpty());
      awaitMore(answers, 200);
      stop.set(true);
      for (Future<Void> each : running) {
        each.get();
      }
    }
    assertThat(events.of("failing")).isEmpty();
    assertThat(events.of("down")).doesNotContain("down " + node(second()));
  }

  private static void awaitMore(AtomicInteger answers, int count) {
    int before = answers.get();
    await().atMost(PATIENCE).until(() -> answers.get() >= before + count);
  }

  @Test
  default void brokenConnectionsCostNoAnswer() {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings().build(), events)) {
      LookupTable table = Rows.table(database, events);
      for (int i = 0; i < 10; i++) {
        assertThat(table.lookup("a")).isEqualTo(ONE);
        first().resetAll();
      }
      assertThat(table.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void letsTheKernelAskWhetherANodeIsStillThere() {
    try (Database database = Database.open(settings().build(), new RecordedEvents())) {
      assertThat(Rows.table(database, new RecordedEvents()).lookup("a")).isEqualTo(ONE);
      await().atMost(PATIENCE).until(() -> TcpTimers.keepAlive(first().port()));
    }
  }

  @Test
  default void waitsForANodeThatIsSlowButAnswers() {
    RecordedEvents events = new RecordedEvents();
    first().delay(Duration.ofMillis(20));
    try (Database database = Database.open(settings().build(), events)) {
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void failsAtOnceWhileEveryNodeIsDown() {
    RecordedEvents events = new RecordedEvents();
    first().refuse();
    second().refuse();
    try (Database database = Database.open(settings().build(), events)) {
      LookupTable table = Rows.table(database, events);
      long begun = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(events.of("down")).hasSize(2);
      second().forward();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(table.lookup("a")).isEqualTo(ONE));
    }
  }

  @Test
  default void staysWithinItsDeadlineWhenEveryNodeHangs() {
    Duration timeout = Duration.ofSeconds(2);
    try (Database database =
        Database.open(settings().lookupTimeout(timeout).build(), new RecordedEvents())) {
      LookupTable table = Rows.table(database, new RecordedEvents());
      assertThat(table.lookup("a")).isEqualTo(ONE);
      first().hang();
      second().hang();
      long begun = System.nanoTime();
      assertThat(table.lookup("a")).isNotInstanceOf(Found.class);
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(taken).isLessThan(timeout.plus(Duration.ofSeconds(1)));
      // A connection to the second is given up at about the same time.
      await()
          .atMost(Duration.ofMillis(500))
          .until(() -> table.lookup("a").equals(new TemporaryFailure("database unavailable")));
    }
  }

  @Test
  default void asksEitherNodeWhenTheOrderIsRandom() {
    DatabaseSettings settings = settings().nodePolicy(NodePolicy.RANDOM).build();
    try (Database database = Database.open(settings, new RecordedEvents())) {
      LookupTable table = Rows.table(database, new RecordedEvents());
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  table.lookup("a").equals(ONE)
                      && first().connections() > 0
                      && second().connections() > 0);
    }
  }

  @Test
  default void asksAnotherNodeWhileASilentOneIsNotGivenUpYet() {
    Duration timeout = Duration.ofSeconds(8);
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings().lookupTimeout(timeout).build(), events);
        ExecutorService clients = Executors.newCachedThreadPool()) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      first().hang();
      List<Future<LookupResult>> begun = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                begun.add(clients.submit(() -> table.lookup("a")));
                return begun.stream().anyMatch(Future::isDone);
              });
      assertThat(events.of("down")).isEmpty();
    }
  }

  @Test
  default void lookupsThatWaitForAHangingNodeGoElsewhereWhenItIsFoundOut() throws Exception {
    DatabaseSettings settings = settings().poolSize(1).build();
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings, events);
        ExecutorService clients = Executors.newFixedThreadPool(6)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      first().hang();
      Callable<LookupResult> lookup = () -> table.lookup("a");
      List<Future<LookupResult>> waiting = clients.invokeAll(Collections.nCopies(6, lookup));
      for (Future<LookupResult> each : waiting) {
        assertThat(each.get()).isEqualTo(ONE);
      }
    }
    assertThat(events.of("down")).containsExactly("down " + node(first()));
  }
}
