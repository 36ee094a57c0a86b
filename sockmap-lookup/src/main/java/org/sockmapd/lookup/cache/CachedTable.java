package org.sockmapd.lookup.cache;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.cache.Flights.Flight;

/**
 * Remembers what a table said. See the package for what is remembered and for how long. Safe for
 * use by many threads; a remembered answer is given on the thread that asks, without a lock.
 */
public final class CachedTable implements LookupTable {
  private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_WHEN_BUSY = TimeUnit.MILLISECONDS.toNanos(100);

  /** While a key failed this short ago, its stale answer is given without asking first. */
  private static final long FAILING = TimeUnit.SECONDS.toNanos(10);

  private static final LookupResult LOST = new TemporaryFailure("lookup failed");

  private final String mapName;
  private final LookupTable origin;
  private final LookupEvents events;
  private final Memory memory;
  private final Flights flights = new Flights();
  private final Refreshes refreshes;
  private final StaleReport stale;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder refreshed = new LongAdder();

  /**
   * Puts a cache in front of a table.
   *
   * @param mapName the map, for events and the name of threads
   * @param origin the table to ask; closed with this one
   * @param settings how long and how much
   * @param events hears of stale answers
   * @param nanos a clock in nanoseconds, such as {@code System::nanoTime}
   */
  public CachedTable(
      String mapName,
      LookupTable origin,
      CacheSettings settings,
      LookupEvents events,
      LongSupplier nanos) {
    this(mapName, origin, settings, events, nanos, Refreshes.onOwnThreads(mapName));
  }

  CachedTable(
      String mapName,
      LookupTable origin,
      CacheSettings settings,
      LookupEvents events,
      LongSupplier nanos,
      Refreshes refreshes) {
    this.mapName = mapName;
    this.origin = origin;
    this.events = events;
    this.memory = new Memory(settings, nanos);
    this.refreshes = refreshes;
    this.stale = new StaleReport(mapName, events, FAILING);
  }

  @Override
  public LookupResult lookup(String key) {
    LookupResult remembered = remembered(key);
    return remembered != null ? remembered : load(key);
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    LookupResult remembered = remembered(key);
    if (remembered != null) {
      answer.accept(remembered);
    } else {
      load(key, answer);
    }
  }

  /** Asks the table, past the cache: what the table combines from several keys is its own. */
  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    return origin.lookupFirst(keys);
  }

  /** Asks the table, past the cache. */
  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    origin.lookupFirst(keys, answer);
  }

  @Override
  public boolean searches() {
    return origin.searches();
  }

  /** Forgets everything, also what is being asked right now. */
  public void flush() {
    flights.callOffAll();
    memory.forgetAll();
  }

  /**
   * Forgets one key, in whatever case its letters came, also while it is being asked. Looks through
   * all that is remembered.
   *
   * @param key the key, as clients send it
   */
  public void flush(String key) {
    // In this order: a query that lands meanwhile moves from the one set to the other.
    flushEach(flights.keys(), key);
    flushEach(memory.keys(), key);
  }

  private void flushEach(Set<String> keys, String wanted) {
    for (String key : keys) {
      if (key.equalsIgnoreCase(wanted)) {
        flights.callOff(key, () -> memory.forget(key));
      }
    }
  }

  /**
   * Counts.
   *
   * @return what the cache has done until now
   */
  public CacheStatistics statistics() {
    return new CacheStatistics(
        hits.sum(), misses.sum(), stale.served(), refreshed.sum(), memory.size());
  }

  @Override
  public void close() {
    refreshes.close();
    origin.close();
  }

  private @Nullable LookupResult remembered(String key) {
    Remembered answer = memory.get(key);
    long now = memory.now();
    if (answer == null) {
      misses.increment();
      return null;
    }
    if (memory.isFresh(answer, now)) {
      hits.increment();
    } else if (memory.mayBeStale(answer, now) && answer.failedSince(now - FAILING)) {
      stale.servedAtOnce();
    } else {
      misses.increment();
      return null;
    }
    if (answer.claimQuery(now)) {
      refresh(key, answer, now);
    }
    return answer.result();
  }

  private LookupResult load(String key) {
    Flight own = new Flight(key, memory.now());
    Flight boarded = flights.board(own);
    if (boarded == own && !landedMeanwhile(own)) {
      askAndWait(own);
    }
    return orStale(key, boarded.result().join());
  }

  private void load(String key, Consumer<? super LookupResult> answer) {
    Flight own = new Flight(key, memory.now());
    Flight boarded = flights.board(own);
    var unused = boarded.result().thenAccept(result -> answer.accept(orStale(key, result)));
    if (boarded == own && !landedMeanwhile(own)) {
      ask(own);
    }
  }

  private void refresh(String key, Remembered answer, long now) {
    if (!refreshes.offer(() -> refresh(key))) {
      answer.queryAgainAt(now + PAUSE_WHEN_BUSY);
    }
  }

  private void refresh(String key) {
    Flight own = new Flight(key, memory.now());
    if (flights.board(own) == own) {
      refreshed.increment();
      askAndWait(own);
    }
  }

  /** Between looking into the memory and boarding, another flight of the key may have landed. */
  private boolean landedMeanwhile(Flight own) {
    Remembered answer = memory.get(own.key());
    if (answer == null || !memory.isFresh(answer, own.asked())) {
      return false;
    }
    flights.land(own, answer.result(), () -> {});
    return true;
  }

  private void askAndWait(Flight flight) {
    LookupResult result = LOST;
    try {
      result = origin.lookup(flight.key());
    } catch (RuntimeException broken) {
      events.tableFailing(mapName, "", broken);
    } finally {
      land(flight, result);
    }
  }

  private void ask(Flight flight) {
    boolean asked = false;
    try {
      origin.lookup(flight.key(), result -> land(flight, result));
      asked = true;
    } catch (RuntimeException broken) {
      events.tableFailing(mapName, "", broken);
    } finally {
      if (!asked) {
        land(flight, LOST);
      }
    }
  }

  private void land(Flight flight, LookupResult result) {
    Remembered before = memory.get(flight.key());
    boolean failing = before != null && before.hasFailed();
    flights.land(flight, result, () -> settle(flight, result, before));
    if (result.definitive()) {
      stale.answered(failing, memory.now());
    }
  }

  private void settle(Flight flight, LookupResult result, @Nullable Remembered before) {
    if (result.definitive()) {
      memory.put(flight.key(), result, flight.asked());
      return;
    }
    long now = memory.now();
    stale.failed(now);
    if (before != null) {
      before.failed(now, now + PAUSE_AFTER_FAILURE);
    }
  }

  private LookupResult orStale(String key, LookupResult result) {
    if (result.definitive()) {
      return result;
    }
    Remembered answer = memory.get(key);
    long now = memory.now();
    if (answer == null || !memory.mayBeStale(answer, now)) {
      return result;
    }
    if (!memory.isFresh(answer, now)) {
      stale.servedAfterFailure();
    }
    return answer.result();
  }
}
