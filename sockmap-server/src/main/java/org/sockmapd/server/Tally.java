package org.sockmapd.server;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reports at once what happens the first time, and then at most once a minute with the number of
 * times since: a flood of events becomes a trickle of log lines. Keeps no more than some hundred
 * subjects, since a client may choose them; what is beyond is not reported.
 *
 * @param <K> what is told apart: a reason, a map name
 * @param <D> what the latest event was about
 */
final class Tally<K, D> {
  /** Takes what has happened {@code count} times. */
  interface Report<K, D> {
    void report(K subject, D latest, long count);
  }

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_SUBJECTS = 256;

  private final Map<K, Count<D>> counts = new HashMap<>();
  private final LongSupplier nanos;
  private final Report<? super K, ? super D> report;

  Tally(LongSupplier nanos, Report<? super K, ? super D> report) {
    this.nanos = nanos;
    this.report = report;
  }

  synchronized void add(K subject, D latest) {
    Count<D> count = counts.get(subject);
    if (count != null) {
      count.latest = latest;
      count.unreported++;
    } else if (counts.size() < MAX_SUBJECTS) {
      counts.put(subject, new Count<>(latest, nanos.getAsLong()));
      report.report(subject, latest, 1);
    }
  }

  /** Reports what is due. To be called every now and then. */
  synchronized void reportDue(long now) {
    Iterator<Map.Entry<K, Count<D>>> entries = counts.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<K, Count<D>> entry = entries.next();
      Count<D> count = entry.getValue();
      if (now - count.reportedAt < PERIOD_NANOS) {
        continue;
      }
      if (count.unreported == 0) {
        entries.remove();
      } else {
        report.report(entry.getKey(), count.latest, count.unreported);
        count.unreported = 0;
        count.reportedAt = now;
      }
    }
  }

  private static final class Count<D> {
    private D latest;
    private long reportedAt;
    private long unreported;

    Count(D latest, long reportedAt) {
      this.latest = latest;
      this.reportedAt = reportedAt;
    }
  }
}
