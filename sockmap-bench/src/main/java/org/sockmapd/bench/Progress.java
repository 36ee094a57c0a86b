package org.sockmapd.bench;

import java.io.PrintWriter;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** A line a second while a run goes on; on a terminal always the same line. */
final class Progress {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final String REWRITE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private long next = EVERY_NANOS;
  private long last;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Tells whether it is time for another line. */
  boolean isDue(long sinceBegin) {
    return sinceBegin >= next;
  }

  void warmingUp(long sinceBegin, Duration warmUp) {
    line("warming up, %s of %s".formatted(seconds(sinceBegin), Figures.duration(warmUp)));
    passed(sinceBegin);
  }

  /**
   * Shows how it goes.
   *
   * @param sinceBegin the time since the run began, in nanoseconds
   * @param measured the time since the measurement began, in nanoseconds
   * @param duration how long it is to be measured
   * @param recent the latencies since the last line
   * @param counts the counts so far
   */
  void measuring(
      long sinceBegin, long measured, Duration duration, Histogram recent, Counts counts) {
    double sinceLast = Math.min(sinceBegin - last, measured) / 1e9;
    line(
        "%s of %s  %s  p50 %s  p99 %s  max %s  failed %s  wrong %s  lost %s"
            .formatted(
                seconds(measured),
                Figures.duration(duration),
                Figures.perSecond(recent.getTotalCount() / sinceLast),
                Figures.percentile(recent, 50),
                Figures.percentile(recent, 99),
                Figures.milliseconds(recent.getMaxValue()),
                Figures.count(counts.failures()),
                Figures.count(counts.wrong()),
                Figures.count(counts.lost())));
    passed(sinceBegin);
  }

  private static String seconds(long nanos) {
    return nanos / EVERY_NANOS + " s";
  }

  private void passed(long sinceBegin) {
    last = sinceBegin;
    next = (sinceBegin / EVERY_NANOS + 1) * EVERY_NANOS;
  }

  private void line(String text) {
    if (terminal) {
      out.print(REWRITE + text);
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Takes the line away, where the result is printed next. */
  void end() {
    if (terminal) {
      out.print(REWRITE);
      out.flush();
    }
  }
}
