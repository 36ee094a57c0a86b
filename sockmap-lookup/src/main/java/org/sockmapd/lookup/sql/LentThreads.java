package org.sockmapd.lookup.sql;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;
import org.sockmapd.lookup.sockets.PollingRecord;

/**
 * Tells when a table may be asked by a thread that serves others while it waits for the answer:
 * that wakes no other thread, but holds everybody up should the answer take long. So only as long
 * as the database is sound and the answers are quick; else it is seldom tried. Safe for use by many
 * threads.
 */
final class LentThreads {
  /**
   * A database on the same machine takes half of both. From one that is farther away, several
   * threads get more.
   */
  private static final long QUICK_NANOS = 200_000;

  private static final long QUICK_NANOS_A_KEY = 16_000;

  private final BooleanSupplier sound;
  private final PollingRecord record = new PollingRecord();
  private volatile boolean quick;

  /**
   * @param sound whether the database is not known to be out of order
   */
  LentThreads(BooleanSupplier sound) {
    this.sound = sound;
  }

  /** The calling thread, if it may be used. */
  @Nullable NonBlocking ofCaller() {
    return Thread.currentThread() instanceof NonBlocking lent && worthTrying() ? lent : null;
  }

  /** Tells whether the calling thread may be used, if the database is sound. */
  boolean likely() {
    return quick && NonBlocking.isCurrentThread();
  }

  private boolean worthTrying() {
    return (quick || recordAllows()) && sound.getAsBoolean();
  }

  private synchronized boolean recordAllows() {
    return record.next();
  }

  /** The calling thread, if it may be used again right after it was. */
  @Nullable NonBlocking ofCallerAgain() {
    return quick ? ofCaller() : null;
  }

  /** Notes how long such a thread was waiting for the answers to some keys. */
  synchronized void asked(int keys, long nanos) {
    quick = nanos < QUICK_NANOS + keys * QUICK_NANOS_A_KEY;
    record.tried(quick);
  }
}
