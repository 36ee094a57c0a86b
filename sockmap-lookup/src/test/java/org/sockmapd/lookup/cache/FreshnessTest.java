package org.sockmapd.lookup.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;

/**
 * Whatever happens in whatever order: an answer was the truth at some moment of its lifetime, and
 * is older only while the database fails.
 */
class FreshnessTest {
  private static final long FOUND = 20;
  private static final long NOT_FOUND = 5;
  private static final long STALE = 30;

  enum Event {
    ASK,
    CHANGE,
    REMOVE,
    OUTAGE,
    RECOVERY,
    BACKGROUND,
    FLUSH,
    SECOND,
    MINUTE
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    return Arbitraries.frequency(
            net.jqwik.api.Tuple.of(8, Event.ASK),
            net.jqwik.api.Tuple.of(2, Event.CHANGE),
            net.jqwik.api.Tuple.of(2, Event.REMOVE),
            net.jqwik.api.Tuple.of(1, Event.OUTAGE),
            net.jqwik.api.Tuple.of(1, Event.RECOVERY),
            net.jqwik.api.Tuple.of(3, Event.BACKGROUND),
            net.jqwik.api.Tuple.of(1, Event.FLUSH),
            net.jqwik.api.Tuple.of(10, Event.SECOND),
            net.jqwik.api.Tuple.of(1, Event.MINUTE))
        .list()
        .ofMinSize(5)
        .ofMaxSize(200);
  }

  @Property(tries = 2000)
  void givesOnlyWhatWasTrueWithinTheLifetime(@ForAll("histories") List<Event> history) {
    new World().live(history);
  }

  private static final class World {
    private final ManualClock clock = new ManualClock();
    private final FakeDatabase database = new FakeDatabase();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final TreeMap<Long, LookupResult> truth = new TreeMap<>();
    private final CachedTable table =
        new CachedTable(
            "m",
            database,
            new CacheSettings(
                Duration.ofSeconds(FOUND),
                Duration.ofSeconds(NOT_FOUND),
                CacheCapacity.entries(10),
                50,
                Duration.ofSeconds(STALE)),
            LookupEvents.NONE,
            clock,
            new Refreshes(background::add, background::clear));
    private long time;
    private long flushed;
    private long lastFailure = -1000;
    private int versions;

    void live(List<Event> history) {
      truth.put(0L, new NotFound());
      history.forEach(this::happens);
    }

    private void happens(Event event) {
      switch (event) {
        case ASK -> ask();
        case CHANGE -> change(new Found("v" + versions++));
        case REMOVE -> change(new NotFound());
        case OUTAGE -> database.down = true;
        case RECOVERY -> database.down = false;
        case BACKGROUND -> runBackground();
        case FLUSH -> flush();
        case SECOND -> advance(1);
        case MINUTE -> advance(60);
      }
    }

    private void change(LookupResult result) {
      advance(1);
      truth.put(time, result);
      database.rows.put("k", result);
    }

    private void flush() {
      advance(1);
      table.flush();
      flushed = time;
    }

    private void runBackground() {
      noteFailures(
          () -> {
            background.forEach(Runnable::run);
            background.clear();
          });
    }

    private void ask() {
      noteFailures(
          () -> {
            LookupResult result = table.lookup("k");
            if (result.definitive()) {
              assertThat(result).isIn(truthSince(Math.max(flushed, time - oldest(result))));
            } else {
              assertThat(database.down).isTrue();
            }
          });
    }

    private long oldest(LookupResult result) {
      long lifetime = result instanceof Found ? FOUND : NOT_FOUND;
      boolean failing = database.down || time - lastFailure <= 10;
      return failing ? lifetime + STALE : lifetime;
    }

    private Iterable<LookupResult> truthSince(long begin) {
      return truth.tailMap(truth.floorKey(Math.max(0, begin)), true).values();
    }

    private void noteFailures(Runnable action) {
      int before = database.asked.size();
      action.run();
      if (database.down && database.asked.size() > before) {
        lastFailure = time;
      }
    }

    private void advance(long seconds) {
      time += seconds;
      clock.advance(Duration.ofSeconds(seconds));
    }
  }
}
