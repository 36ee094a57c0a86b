package org.sockmapd.bench;

import org.HdrHistogram.Histogram;

/**
 * The latencies of one part of the measurement, by the time at which the replies came.
 *
 * @param fromNanos its begin, after that of the measurement
 * @param toNanos its end
 * @param count how many requests
 * @param p50 the median in nanoseconds
 * @param p99 the 99th percentile in nanoseconds
 * @param max the greatest in nanoseconds
 */
record Interval(long fromNanos, long toNanos, long count, long p50, long p99, long max) {
  static Interval of(long fromNanos, long toNanos, Histogram latencies) {
    return new Interval(
        fromNanos,
        toNanos,
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50),
        latencies.getValueAtPercentile(99),
        latencies.getMaxValue());
  }
}
