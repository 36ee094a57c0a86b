package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment after which nobody waits any more. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;
  private final long endOfWhole;

  private Deadline(LongSupplier nanoTime, long end, long endOfWhole) {
    this.nanoTime = nanoTime;
    this.end = end;
    this.endOfWhole = endOfWhole;
  }

  static Deadline in(Duration time, LongSupplier nanoTime) {
    long end = nanoTime.getAsLong() + time.toNanos();
    return new Deadline(nanoTime, end, end);
  }

  /** A deadline at a part of the time that is left. */
  Deadline share(int of) {
    long now = nanoTime.getAsLong();
    return new Deadline(nanoTime, now + (end - now) / of, endOfWhole);
  }

  /** The moment when also that is over of which this is a share; on the clock of nanoseconds. */
  long endOfWhole() {
    return endOfWhole;
  }

  /** The time left; zero or less when it is over. */
  long remainingNanos() {
    return end - nanoTime.getAsLong();
  }

  boolean over() {
    return remainingNanos() <= 0;
  }

  /** Tells whether it is over at a moment of its clock. */
  boolean overAt(long now) {
    return now - end >= 0;
  }

  /** The time left, and never less than a driver can be told. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(remainingNanos(), 1_000_000));
  }
}
