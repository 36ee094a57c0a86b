package org.sockmapd.lookup.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;

class CachedTableTest {
  private static final Duration FOUND = Duration.ofSeconds(60);
  private static final Duration NOT_FOUND = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofMinutes(10);
  private static final Duration NANO = Duration.ofNanos(1);

  private final ManualClock clock = new ManualClock();
  private final FakeDatabase database = new FakeDatabase();
  private final HeardEvents events = new HeardEvents();
  private final Deque<Runnable> background = new ArrayDeque<>();

  @Test
  void remembersForTheirOwnTimesWhatIsFoundAndWhatIsNot() {
    CachedTable table = table(0, Duration.ZERO);
    database.put("a", "1");
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("b")).isEqualTo(new NotFound());
    database.put("a", "2");
    database.put("b", "2");

    clock.advance(NOT_FOUND.minus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("b")).isEqualTo(new NotFound());
    clock.advance(NANO);
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("b")).isEqualTo(new Found("2"));
    clock.advance(FOUND.minus(NOT_FOUND).minus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    clock.advance(NANO);
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
  }

  @Test
  void countsTheLifetimeFromTheMomentOfAsking() {
    CachedTable table = table(0, Duration.ZERO);
    database.put("a", "1");
    database.held = true;
    table.lookup("a", ignored -> {});
    clock.advance(Duration.ofSeconds(4));
    database.release();
    database.put("a", "2");

    clock.advance(FOUND.minusSeconds(4).minus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    clock.advance(NANO);
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
  }

  @Test
  void remembersNothingOfAKindWhoseTimeIsZero() {
    CacheSettings settings =
        new CacheSettings(FOUND, Duration.ZERO, CacheCapacity.entries(10), 0, Duration.ZERO);
    CachedTable table = table(settings);
    table.lookup("a");
    table.lookup("a");
    database.put("a", "1");
    table.lookup("a");
    table.lookup("a");

    assertThat(database.asked).containsExactly("a", "a", "a");
  }

  @Test
  void forgetsAValueThatWasFoundToBeGoneThoughNotFoundIsNotRemembered() {
    CacheSettings settings =
        new CacheSettings(FOUND, Duration.ZERO, CacheCapacity.entries(10), 0, STALE);
    CachedTable table = table(settings);
    database.put("a", "1");
    table.lookup("a");
    clock.advance(FOUND);
    database.rows.remove("a");
    assertThat(table.lookup("a")).isEqualTo(new NotFound());

    database.down = true;
    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);
  }

  @Test
  void doesNotRememberAFailure() {
    CachedTable table = table(0, Duration.ZERO);
    database.down = true;
    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);

    database.down = false;
    database.put("a", "1");
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
  }

  @Test
  void asksOnceForAllWhoAskMeanwhileAndHoldsNoThread() {
    CachedTable table = table(0, Duration.ZERO);
    database.put("a", "1");
    database.held = true;
    List<LookupResult> answers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      table.lookup("a", answers::add);
    }
    assertThat(answers).isEmpty();

    database.release();

    assertThat(answers).hasSize(1000).containsOnly(new Found("1"));
    assertThat(database.asked).containsExactly("a");
  }

  @Test
  void givesAFailureToAllWhoWaitForIt() {
    CachedTable table = table(0, Duration.ZERO);
    database.down = true;
    database.held = true;
    List<LookupResult> answers = new ArrayList<>();
    table.lookup("a", answers::add);
    table.lookup("a", answers::add);

    database.release();

    assertThat(answers).containsExactly(FakeDatabase.DOWN, FakeDatabase.DOWN);
  }

  @Test
  void answersTemporaryFailureWhenTheTableItselfIsBroken() {
    LookupTable broken =
        key -> {
          throw new IllegalStateException("bug");
        };
    CachedTable table = new CachedTable("m", broken, settings(0, STALE), events, clock);
    List<LookupResult> answers = new ArrayList<>();

    table.lookup("a", answers::add);
    answers.add(table.lookup("a"));

    assertThat(answers).hasSize(2).allMatch(TemporaryFailure.class::isInstance);
    assertThat(events.heard).containsExactly("m failing: bug", "m failing: bug");
    table.close();
  }

  @Test
  void asksAheadOfExpiryForAKeyInUseOnceAndInTheBackground() {
    CachedTable table = table(20, Duration.ZERO);
    database.put("a", "1");
    table.lookup("a");
    database.put("a", "2");
    clock.advance(Duration.ofSeconds(48).minus(NANO));
    table.lookup("a");
    assertThat(background).isEmpty();

    clock.advance(NANO);
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(background).hasSize(1);
    background.remove().run();

    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
    clock.advance(Duration.ofSeconds(47));
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
    assertThat(database.asked).containsExactly("a", "a");
    assertThat(table.statistics()).isEqualTo(new CacheStatistics(5, 1, 0, 1, 1));
  }

  @Test
  void keepsAFreshAnswerWhenItsRefreshFailsAndTriesAgainASecondLater() {
    CachedTable table = table(20, Duration.ZERO);
    database.put("a", "1");
    table.lookup("a");
    clock.advance(Duration.ofSeconds(50));
    database.down = true;
    table.lookup("a");
    background.remove().run();

    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(background).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(background).hasSize(1);
    clock.advance(Duration.ofSeconds(9));
    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);
  }

  @Test
  void dropsRefreshesThatFindNoRoomAndOffersThemAgain() {
    CachedTable table = table(20, Duration.ZERO);
    for (int i = 0; i < 300; i++) {
      table.lookup("k" + i);
    }
    clock.advance(Duration.ofSeconds(9));
    for (int i = 0; i < 300; i++) {
      table.lookup("k" + i);
    }
    assertThat(background).hasSize(256);
    background.forEach(Runnable::run);
    background.clear();

    clock.advance(Duration.ofMillis(100));
    for (int i = 0; i < 300; i++) {
      table.lookup("k" + i);
    }
    assertThat(background).hasSize(300 - 256);
  }

  @Test
  void givesNoStaleAnswerUnlessToldTo() {
    CachedTable table = table(0, Duration.ZERO);
    database.put("a", "1");
    table.lookup("a");
    database.down = true;
    clock.advance(FOUND);

    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);
    assertThat(events.heard).isEmpty();
  }

  @Test
  void givesStaleAnswersWhileTheDatabaseFailsButNeverPastTheLimit() {
    CachedTable table = table(0, STALE);
    database.put("a", "1");
    table.lookup("a");
    table.lookup("b");
    database.down = true;
    clock.advance(NOT_FOUND.plus(STALE).minus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("b")).isEqualTo(new NotFound());
    assertThat(table.lookup("b")).isEqualTo(new NotFound());
    assertThat(table.lookup("c")).isEqualTo(FakeDatabase.DOWN);

    clock.advance(NANO);
    assertThat(table.lookup("b")).isEqualTo(FakeDatabase.DOWN);
    clock.advance(FOUND.minus(NOT_FOUND).minus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    clock.advance(NANO);
    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);
    assertThat(table.statistics().stale()).isEqualTo(4);
  }

  @Test
  void doesNotGiveAStaleAnswerThatPassedTheLimitWhileItsQueryWasFailing() {
    CachedTable table = table(0, STALE);
    database.put("a", "1");
    table.lookup("a");
    clock.advance(FOUND.plus(STALE).minus(NANO));
    database.down = true;
    database.held = true;
    List<LookupResult> answers = new ArrayList<>();
    table.lookup("a", answers::add);
    clock.advance(NANO);

    database.release();

    assertThat(answers).containsExactly(FakeDatabase.DOWN);
  }

  @Test
  void asksBeforeItGivesAStaleAnswerThenOnlyInTheBackgroundWhileItFails() {
    CachedTable table = table(0, STALE);
    database.put("a", "1");
    table.lookup("a");
    database.down = true;
    clock.advance(FOUND);
    table.lookup("a");
    assertThat(database.asked).hasSize(2);

    table.lookup("a");
    assertThat(background).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    table.lookup("a");
    table.lookup("a");
    assertThat(background).hasSize(1);
    assertThat(database.asked).hasSize(2);

    database.down = false;
    database.put("a", "2");
    background.remove().run();
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
  }

  @Test
  void asksAgainFirstWhenTheLastFailureIsLongAgo() {
    CachedTable table = table(0, STALE);
    database.put("a", "1");
    table.lookup("a");
    database.down = true;
    clock.advance(FOUND);
    table.lookup("a");
    database.down = false;
    database.put("a", "2");

    clock.advance(Duration.ofSeconds(10).plus(NANO));
    assertThat(table.lookup("a")).isEqualTo(new Found("2"));
  }

  @Test
  void tellsOnceThatStaleAnswersBeganAndOnceThatTheyEnded() {
    CachedTable table = table(0, STALE);
    List<String> keys = List.of("a", "b", "c");
    keys.forEach(table::lookup);
    database.down = true;
    clock.advance(NOT_FOUND);
    keys.forEach(table::lookup);
    keys.forEach(table::lookup);
    assertThat(events.heard).containsExactly("m began");

    database.down = false;
    clock.advance(Duration.ofSeconds(1));
    keys.forEach(table::lookup);
    background.forEach(Runnable::run);
    keys.forEach(table::lookup);

    assertThat(events.heard).containsExactly("m began", "m ended after 9");
  }

  @Test
  void doesNotEndAndBeginForEachTurnOfOneKeyThatKeepsFailing() {
    CachedTable table = table(0, STALE);
    database.put("good", "1");
    table.lookup("bad");
    database.rows.put("bad", FakeDatabase.DOWN);
    clock.advance(NOT_FOUND);
    for (int i = 0; i < 50; i++) {
      table.lookup("bad");
      table.lookup("good" + i);
      background.forEach(Runnable::run);
      background.clear();
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(events.heard).containsExactly("m began");
  }

  @Test
  void tellsThatStaleAnswersEndedThoughNobodyAsksForThoseKeysAgain() {
    CachedTable table = table(0, STALE);
    table.lookup("a");
    database.down = true;
    clock.advance(NOT_FOUND);
    table.lookup("a");
    database.down = false;
    table.lookup("x");
    assertThat(events.heard).containsExactly("m began");

    clock.advance(Duration.ofSeconds(11));
    table.lookup("y");
    assertThat(events.heard).containsExactly("m began", "m ended after 1");
  }

  @Test
  void forgetsEverythingWhenFlushed() {
    CachedTable table = table(0, Duration.ZERO);
    table.lookup("a");
    table.lookup("b");
    database.put("a", "1");
    database.put("b", "1");

    table.lookup("A");
    database.put("A", "2");

    table.flush("a");
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.lookup("A")).isEqualTo(new Found("2"));
    assertThat(table.lookup("b")).isEqualTo(new NotFound());
    table.flush();
    assertThat(table.lookup("b")).isEqualTo(new Found("1"));
  }

  @Test
  void aQueryMadeBeforeAFlushIsNeitherRememberedNorJoinedAfterIt() {
    assertForgotten(table -> table.flush("a"));
    assertForgotten(CachedTable::flush);
  }

  private void assertForgotten(Consumer<CachedTable> flush) {
    CachedTable table = table(0, STALE);
    List<LookupResult> before = new ArrayList<>();
    List<LookupResult> after = new ArrayList<>();
    database.held = true;
    database.put("a", "old");
    table.lookup("a", before::add);
    database.put("a", "new");

    flush.accept(table);
    table.lookup("a", after::add);
    database.release();

    assertThat(before).containsExactly(new Found("old"));
    assertThat(after).containsExactly(new Found("new"));
    assertThat(table.lookup("a")).isEqualTo(new Found("new"));
  }

  @Test
  void aFlushedKeyHasNoStaleAnswer() {
    CachedTable table = table(0, STALE);
    table.lookup("a");
    database.down = true;

    table.flush("a");

    assertThat(table.lookup("a")).isEqualTo(FakeDatabase.DOWN);
  }

  @Test
  void asksTheTableForTheFirstOfSeveralKeysAndClosesIt() {
    CachedTable table = table(0, Duration.ZERO);

    List<FirstMatch> later = new ArrayList<>();

    table.lookupFirst(List.of("a", "b"), later::add);

    assertThat(later).containsExactly(new FirstMatch("a", new Found("later first of [a, b]")));
    assertThat(table.lookupFirst(List.of("a", "b")))
        .isEqualTo(new FirstMatch("a", new Found("first of [a, b]")));
    table.close();
    assertThat(database.closed).isTrue();
  }

  @Test
  void keepsNoMoreEntriesThanAllowed() {
    CachedTable table =
        table(new CacheSettings(FOUND, FOUND, CacheCapacity.entries(100), 0, Duration.ZERO));
    for (int i = 0; i < 1000; i++) {
      table.lookup("k" + i);
    }

    assertThat(table.statistics().entries()).isEqualTo(100);
  }

  @Test
  void keepsWithinBothAnAmountOfMemoryAndANumberOfEntries() {
    assertThat(entriesOf(new CacheCapacity(100, 1 << 20))).isBetween(90L, 100L);
    assertThat(entriesOf(new CacheCapacity(1_000_000, 10_000))).isBetween(10L, 50L);
  }

  private long entriesOf(CacheCapacity capacity) {
    CachedTable table = table(new CacheSettings(FOUND, FOUND, capacity, 0, Duration.ZERO));
    for (int i = 0; i < 1000; i++) {
      table.lookup("k" + i);
    }
    return table.statistics().entries();
  }

  private CachedTable table(int refreshAheadPercent, Duration staleFor) {
    return table(settings(refreshAheadPercent, staleFor));
  }

  private CachedTable table(CacheSettings settings) {
    Refreshes refreshes = new Refreshes(background::add, background::clear);
    return new CachedTable("m", database, settings, events, clock, refreshes);
  }

  private static CacheSettings settings(int refreshAheadPercent, Duration staleFor) {
    return new CacheSettings(
        FOUND, NOT_FOUND, CacheCapacity.entries(1000), refreshAheadPercent, staleFor);
  }
}
