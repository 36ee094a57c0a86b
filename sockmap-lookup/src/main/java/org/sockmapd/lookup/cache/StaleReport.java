package org.sockmapd.lookup.cache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.sockmapd.lookup.LookupEvents;

/**
 * Tells once when a map begins to give stale answers and once when it need not any more. One key
 * that fails while all others are answered must not end and begin it at every turn.
 */
final class StaleReport {
  private static final long NOT_ONGOING = -1;

  private final String mapName;
  private final LookupEvents events;
  private final long quietNanos;
  private final LongAdder served = new LongAdder();

  /** How many had been served when it began. */
  private final AtomicLong servedBefore = new AtomicLong(NOT_ONGOING);

  private volatile long lastFailure;

  StaleReport(String mapName, LookupEvents events, long quietNanos) {
    this.mapName = mapName;
    this.events = events;
    this.quietNanos = quietNanos;
  }

  /** A stale answer was given since the query for it has just failed. */
  void servedAfterFailure() {
    if (servedBefore.get() == NOT_ONGOING
        && servedBefore.compareAndSet(NOT_ONGOING, served.sum())) {
      events.staleBegan(mapName);
    }
    served.increment();
  }

  /** A stale answer was given without a query, since one failed a short while ago. */
  void servedAtOnce() {
    served.increment();
  }

  void failed(long now) {
    lastFailure = now;
  }

  /** The database answered for a key that may have been failing before. */
  void answered(boolean keyWasFailing, long now) {
    long before = servedBefore.get();
    if (before != NOT_ONGOING
        && (keyWasFailing || now - lastFailure > quietNanos)
        && servedBefore.compareAndSet(before, NOT_ONGOING)) {
      events.staleEnded(mapName, served.sum() - before);
    }
  }

  long served() {
    return served.sum();
  }
}
