package org.sockmapd.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the latencies: all of them, those of each interval, and those since the last progress.
 * For use by one thread.
 */
final class Timeline {
  private static final long SHORTEST_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_SLICE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int INTERVALS = 100;

  private final Measurement measurement;
  private final HdrFile log;
  private final long from;
  private final long length;
  private final List<Interval> intervals = new ArrayList<>();
  private final Histogram total = empty();
  private final Histogram interval = empty();
  private final Histogram recent = empty();
  private @Nullable Histogram slice;
  private long intervalBegan;
  private long sliceBegan;

  /**
   * @param from the time at which the measurement begins
   * @param duration how long it is to be: a hundredth of it is an interval
   */
  Timeline(Measurement measurement, HdrFile log, long from, Duration duration) {
    this.measurement = measurement;
    this.log = log;
    this.from = from;
    this.length = Math.max(SHORTEST_NANOS, duration.toNanos() / INTERVALS);
    this.intervalBegan = from;
    this.sliceBegan = from;
  }

  private static Histogram empty() {
    return new Histogram(Measurement.HIGHEST_NANOS, Measurement.SIGNIFICANT_DIGITS);
  }

  /** Goes on to a later time. */
  void advance(long now) {
    if (now - sliceBegan >= Math.min(length, LONGEST_SLICE_NANOS)) {
      cutSlice(now);
    }
    if (now - intervalBegan >= length) {
      cutInterval(now);
    }
  }

  /** Goes on to the last time. */
  void finish(long now) {
    cutSlice(now);
    if (interval.getTotalCount() > 0) {
      cutInterval(now);
    }
  }

  private void cutSlice(long now) {
    slice = slice == null ? measurement.take() : measurement.take(slice);
    total.add(slice);
    interval.add(slice);
    recent.add(slice);
    sliceBegan = now;
  }

  private void cutInterval(long now) {
    intervals.add(Interval.of(intervalBegan - from, now - from, interval));
    log.interval(intervalBegan - from, now - from, interval);
    interval.reset();
    intervalBegan = now;
  }

  /** The latencies since {@link #forgetRecent}. */
  Histogram recent() {
    return recent;
  }

  void forgetRecent() {
    recent.reset();
  }

  Histogram total() {
    return total;
  }

  List<Interval> intervals() {
    return intervals;
  }
}
