package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;

/**
 * Says again and again that a node is out of use, as long as it is: whoever reads the end of a log
 * must not take a long outage for none. Counting is safe for many threads, looking is for one.
 */
final class OutageReports {
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final LookupEvents events;
  private final LongSupplier nanoTime;
  private final LongAdder unanswered = new LongAdder();
  private final Map<String, Outage> outages = new HashMap<>();

  /** When an outage was first seen and last reported, and what was unanswered before. */
  private record Outage(long began, long reported, long unansweredBefore) {}

  OutageReports(LookupEvents events, LongSupplier nanoTime) {
    this.events = events;
    this.nanoTime = nanoTime;
  }

  /** Counts lookups that got no answer from any node. */
  void unanswered(int lookups) {
    unanswered.add(lookups);
  }

  /** Sees whether a node is out of use now. To be called again and again. */
  void look(String node, boolean down) {
    if (!down) {
      outages.remove(node);
      return;
    }
    long now = nanoTime.getAsLong();
    @Nullable Outage outage = outages.get(node);
    if (outage == null) {
      outages.put(node, new Outage(now, now, unanswered.sum()));
    } else if (now - outage.reported >= PAUSE.toNanos()) {
      events.nodeStillDown(
          node, Duration.ofNanos(now - outage.began), unanswered.sum() - outage.unansweredBefore);
      outages.put(node, new Outage(outage.began, now, outage.unansweredBefore));
    }
  }
}
