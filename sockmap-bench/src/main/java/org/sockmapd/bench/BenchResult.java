package org.sockmapd.bench;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a run has measured.
 *
 * @param measured how long was measured
 * @param counts what became of the requests
 * @param latencies in nanoseconds
 * @param intervals the same over time
 * @param wrongReplies the first wrong replies
 * @param failures why connections failed, the first reasons
 */
record BenchResult(
    Duration measured,
    Counts counts,
    Histogram latencies,
    List<Interval> intervals,
    List<WrongReply> wrongReplies,
    List<String> failures) {
  private static final double NANOS_PER_SECOND = 1e9;

  double seconds() {
    return measured.toNanos() / NANOS_PER_SECOND;
  }

  double repliesPerSecond() {
    return measured.isZero() ? 0 : counts.replies() / seconds();
  }

  /** What is worst decides: a wrong answer, then a missing one, then a failure. */
  BenchOutcome outcome() {
    if (counts.wrong() > 0) {
      return BenchOutcome.WRONG_REPLY;
    }
    if (counts.lost() > 0 || counts.replies() == 0) {
      return BenchOutcome.FAILURES;
    }
    if (counts.temp() + counts.timeout() > 0) {
      return BenchOutcome.FAILURES;
    }
    return counts.perm() > 0 ? BenchOutcome.REFUSED : BenchOutcome.GOOD;
  }
}
