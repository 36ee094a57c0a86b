package org.sockmapd.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.sockmapd.lookup.LookupTable;

/**
 * The way to one table of one {@link TableGeneration}: counts the requests that the table has not
 * answered yet, lets in no more than the limit, and lets in none once the generation is retired.
 */
final class MapGate {
  enum Entry {
    ENTERED,
    FULL,
    RETIRED
  }

  /** Added to the count when the gate retires, so that one atomic word tells both. */
  private static final int RETIRED = Integer.MIN_VALUE;

  private final LookupTable table;
  private final int limit;
  private final Runnable whenDone;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * @param whenDone runs once, when the gate is retired and the last request has left
   */
  MapGate(LookupTable table, int limit, Runnable whenDone) {
    this.table = table;
    this.limit = limit;
    this.whenDone = whenDone;
  }

  LookupTable table() {
    return table;
  }

  /** Lets one request in, which must {@link #leave} when, and only when, it has ENTERED. */
  Entry enter() {
    while (true) {
      int count = inside.get();
      if (count < 0) {
        return Entry.RETIRED;
      }
      if (count >= limit) {
        return Entry.FULL;
      }
      if (inside.compareAndSet(count, count + 1)) {
        return Entry.ENTERED;
      }
    }
  }

  void leave() {
    if (inside.decrementAndGet() == RETIRED) {
      whenDone.run();
    }
  }

  /** Lets nobody in any more. Called once. */
  void retire() {
    if (inside.getAndAdd(RETIRED) == 0) {
      whenDone.run();
    }
  }
}
