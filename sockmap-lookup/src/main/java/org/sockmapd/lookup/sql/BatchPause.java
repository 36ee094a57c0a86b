package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Says for a while, after several keys could not be asked for together, not to try that again:
 * longer each time until it works. Safe for use by many threads.
 */
final class BatchPause {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final Backoff backoff;

  /** When the pause ends; only read while {@link #pausing}. */
  private volatile long end;

  private volatile boolean pausing;

  BatchPause(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.backoff = new Backoff(FIRST, LONGEST, random);
  }

  boolean on() {
    return pausing && end - nanoTime.getAsLong() > 0;
  }

  /** Begins a pause, unless it is on: other batches were under way when it began. */
  synchronized void failed() {
    if (!on()) {
      end = nanoTime.getAsLong() + backoff.next().toNanos();
      pausing = true;
    }
  }

  void worked() {
    if (pausing && !on()) {
      pausing = false;
      backoff.reset();
    }
  }
}
