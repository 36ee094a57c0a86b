package org.sockmapd.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time of a run, in nanoseconds since this object was made: when it begins, from when on it is
 * measured, and when it ends. For use by many threads, once {@link #begin} was called.
 */
final class RunTime {
  static final long NEVER = Long.MAX_VALUE;

  private final LongSupplier nanos;
  private final long origin;
  private final long warmUp;
  private final long duration;
  private final AtomicLong end = new AtomicLong(NEVER);
  private volatile long begun;

  RunTime(LongSupplier nanos, Duration warmUp, Duration duration) {
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
    this.warmUp = warmUp.toNanos();
    this.duration = duration.toNanos();
  }

  long now() {
    return nanos.getAsLong() - origin;
  }

  void begin() {
    begun = now();
    end.accumulateAndGet(measuredFrom() + duration, Math::min);
  }

  /** Ends the run now, if it has not ended before. */
  void stop() {
    end.accumulateAndGet(now(), Math::min);
  }

  long begun() {
    return begun;
  }

  long measuredFrom() {
    return begun + warmUp;
  }

  /** From when on nothing is due any more. */
  long end() {
    return end.get();
  }

  /** Tells whether a request that was due then is one of the measurement. */
  boolean measures(long due) {
    return due >= measuredFrom();
  }

  /** How long was measured. */
  long measured() {
    return Math.max(0, end() - measuredFrom());
  }
}
