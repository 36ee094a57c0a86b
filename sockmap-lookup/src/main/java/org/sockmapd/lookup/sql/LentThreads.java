package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;

/**
 * Tells when a table may be asked by a thread that serves others while it waits for the answer:
 * that wakes no other thread, but holds everybody up should the answer take long. So only as long
 * as the database is sound, with a connection that is open, and the answers are quick; else it is
 * seldom tried. Safe for use by many threads.
 */
final class LentThreads {
  /**
   * A database on the same machine takes half of both. From one that is farther away, several
   * threads get more.
   */
  private static final long QUICK_NANOS = 200_000;

  private static final long QUICK_NANOS_A_KEY = 16_000;

  /** Of these latest answers two may not be slow; one can be, as a thread is put off at times. */
  private static final int LATEST = 0xff;

  private static final long MIN_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long MAX_PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  private final BooleanSupplier sound;
  private final LongSupplier nanoTime;
  private volatile boolean quick;
  private volatile long notBefore;

  /** The latest answers, a bit each, set where one was slow. */
  private int slow;

  private long pause = MIN_PAUSE_NANOS;

  /**
   * @param sound whether nothing is known for which the database would answer late
   */
  LentThreads(BooleanSupplier sound, LongSupplier nanoTime) {
    this.sound = sound;
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
  }

  /** The calling thread, if it may be used. */
  @Nullable NonBlocking ofCaller() {
    return Thread.currentThread() instanceof NonBlocking lent && worthTrying() ? lent : null;
  }

  private boolean worthTrying() {
    return (quick || nanoTime.getAsLong() - notBefore >= 0) && sound.getAsBoolean();
  }

  /** The calling thread, if it may be used again right after it was. */
  @Nullable NonBlocking ofCallerAgain() {
    return quick ? ofCaller() : null;
  }

  /** Tells whether the latest answers were quick. */
  boolean quick() {
    return quick;
  }

  /** Begins to watch the calling thread wait for the answers to some keys. */
  Watch watch(int keys) {
    return new Watch(keys);
  }

  /** One wait for answers. For the thread that waits. */
  final class Watch {
    private final int keys;
    private final long begun = waited();

    private Watch(int keys) {
      this.keys = keys;
    }

    /** The answers are there, or there will be none. */
    void answered() {
      note(waited() - begun < QUICK_NANOS + keys * QUICK_NANOS_A_KEY);
    }

    /** Time in which others are served is not spent waiting. */
    private long waited() {
      long serving = Thread.currentThread() instanceof NonBlocking lent ? lent.servingNanos() : 0;
      return nanoTime.getAsLong() - serving;
    }
  }

  private synchronized void note(boolean quickly) {
    slow = (slow << 1 | (quickly ? 0 : 1)) & LATEST;
    if (quickly && !quick) {
      slow = 0;
    }
    quick = quickly || (quick && Integer.bitCount(slow) < 2);
    if (quick) {
      pause = MIN_PAUSE_NANOS;
    } else {
      hold();
    }
  }

  /** Such a thread has been waiting for far too long. */
  synchronized void hung() {
    quick = false;
    hold();
  }

  private void hold() {
    notBefore = nanoTime.getAsLong() + pause;
    pause = Math.min(MAX_PAUSE_NANOS, 2 * pause);
  }
}
