package org.sockmapd.lookup.cache;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.sockmapd.lookup.LookupResult;

/**
 * One answer and its times, in nanoseconds on the clock of its cache, which begins at zero. There
 * may be a million of these: the fields that change are reached through an updater, to have no
 * object of their own.
 */
final class Remembered {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NOT_FAILED = Long.MIN_VALUE / 2;
  private static final AtomicLongFieldUpdater<Remembered> NEXT_QUERY =
      AtomicLongFieldUpdater.newUpdater(Remembered.class, "nextQuery");

  private final LookupResult result;
  private final long freshUntil;
  private volatile long nextQuery;
  private volatile long failedAt = NOT_FAILED;

  Remembered(LookupResult result, long asked, long lifetime, int refreshAheadPercent) {
    this.result = result;
    this.freshUntil = asked + lifetime;
    this.nextQuery =
        refreshAheadPercent == 0 ? NEVER : freshUntil - lifetime / 100 * refreshAheadPercent;
  }

  LookupResult result() {
    return result;
  }

  long freshUntil() {
    return freshUntil;
  }

  boolean failedSince(long time) {
    return failedAt >= time;
  }

  boolean hasFailed() {
    return failedAt != NOT_FAILED;
  }

  /** Tells one caller, and no other until the next failure, that a background query is due. */
  boolean claimQuery(long now) {
    long due = nextQuery;
    return now >= due && NEXT_QUERY.compareAndSet(this, due, NEVER);
  }

  void queryAgainAt(long time) {
    nextQuery = time;
  }

  void failed(long now, long queryAgainAt) {
    failedAt = now;
    nextQuery = queryAgainAt;
  }
}
