package org.sockmapd.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When the requests of one connection are due: by a pace, or as soon as there is room for the next.
 * For use by one thread, but for {@link #due}.
 */
final class Schedule {
  /** What is due at the very end is sent though the thread that sends it wakes a little later. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RunTime time;
  private final Optional<Pace> pace;
  private long asked;

  Schedule(RunTime time, Optional<Pace> pace) {
    this.time = time;
    this.pace = pace;
  }

  /** When a request is due by the pace that there is; that may be after the end of the run. */
  long due(long number) {
    return time.begun() + pace.orElseThrow().due(number);
  }

  /** When the next one is due, if there is room for it now. */
  long next(long now) {
    return pace.isPresent() ? due(asked) : now;
  }

  /** Counts the next one as sent. */
  void sent() {
    asked++;
  }

  /** Tells whether nothing is sent any more. */
  boolean isOver(long now) {
    long end = time.end();
    return pace.isPresent() ? next(now) >= end || now - GRACE_NANOS >= end : now >= end;
  }

  /** Counts what was due and could not be sent: it has waited until the end at least. */
  void countUnsent(Measurement measurement) {
    long end = time.end();
    if (pace.isEmpty()) {
      return;
    }
    for (long due = due(asked); due < end; due = due(asked)) {
      measurement.unsent(due, end);
      asked++;
    }
  }
}
