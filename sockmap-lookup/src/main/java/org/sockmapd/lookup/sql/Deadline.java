package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment after which nobody waits any more. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;

  private Deadline(LongSupplier nanoTime, long nanos) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + nanos;
  }

  static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, time.toNanos());
  }

  /** A deadline at a part of the time that is left. */
  Deadline share(int of) {
    return new Deadline(nanoTime, remainingNanos() / of);
  }

  /** The time left; zero or less when it is over. */
  long remainingNanos() {
    return end - nanoTime.getAsLong();
  }

  boolean over() {
    return remainingNanos() <= 0;
  }

  /** The time left, and never less than a driver can be told. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(remainingNanos(), 1_000_000));
  }
}
