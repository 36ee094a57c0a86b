package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets threads go first that are ready to run: on a busy machine, those are about to bring further
 * questions. Where nothing waits for a processor, this costs next to nothing. A program that
 * computes without a pause takes what it is given for some milliseconds; then this stops for a
 * while, though that does not make up for all that it costs beside such a program.
 */
final class GoFirst {
  /** More than threads take that ask, answer or look something up. */
  private static final long LONG_NANOS = Duration.ofMillis(1).toNanos();

  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final LongSupplier nanoTime;
  private final Runnable yield;
  private volatile long notBefore;

  /**
   * @param yield gives the processor to others, such as {@link Thread#yield}
   */
  GoFirst(LongSupplier nanoTime, Runnable yield) {
    this.nanoTime = nanoTime;
    this.yield = yield;
    this.notBefore = nanoTime.getAsLong();
  }

  void others() {
    long begun = nanoTime.getAsLong();
    if (begun - notBefore < 0) {
      return;
    }
    yield.run();
    long end = nanoTime.getAsLong();
    if (end - begun > LONG_NANOS) {
      notBefore = end + PAUSE_NANOS;
    }
  }
}
