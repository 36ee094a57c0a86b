package org.sockmapd.bench;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Figures as people read them, in any locale alike. */
final class Figures {
  private static final double NANOS_PER_MILLI = 1e6;

  private Figures() {}

  static double millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  static double percentileMillis(Histogram latencies, double percentile) {
    return millis(latencies.getValueAtPercentile(percentile));
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String perSecond(double rate) {
    return String.format(Locale.ROOT, rate < 100 ? "%,.1f/s" : "%,.0f/s", rate);
  }

  static String percentile(Histogram latencies, double percentile) {
    return milliseconds(latencies.getValueAtPercentile(percentile));
  }

  static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%,.3f ms", millis(nanos));
  }

  /** In seconds, or in milliseconds below one. */
  static String duration(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() < 1000
            ? duration.toMillis() + " ms"
            : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }
}
