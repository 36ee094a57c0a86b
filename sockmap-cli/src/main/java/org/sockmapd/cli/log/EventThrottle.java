package org.sockmapd.cli.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of many like events have a line: the first of a name, and then one a minute, with
 * the number of those since the line before. The names must be few, such as those of maps. Safe for
 * use by many threads.
 */
final class EventThrottle {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();

  /** What was not reported yet, and until when nothing is. */
  private record Counted(long unreported, long quietUntil, long report) {}

  EventThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts an event; returns how many its line is to tell of, or 0 if it has none. */
  long count(String name) {
    long now = nanoTime.getAsLong();
    return counted.compute(name, (same, before) -> counted(before, now)).report();
  }

  private static Counted counted(@Nullable Counted before, long now) {
    long unreported = before == null ? 1 : before.unreported + 1;
    return before == null || now - before.quietUntil >= 0
        ? new Counted(0, now + PAUSE_NANOS, unreported)
        : new Counted(unreported, before.quietUntil, 0);
  }
}
