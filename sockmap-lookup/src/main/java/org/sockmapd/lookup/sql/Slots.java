package org.sockmapd.lookup.sql;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many lookups use a node at once, and how many wait for that. When the node goes out of
 * use, those who wait are told at once, so that they can go elsewhere.
 */
final class Slots {
  /** What came of waiting. */
  enum Entry {
    ENTERED,
    TOO_LATE,
    TOO_MANY_WAIT,
    TURNED_AWAY
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final int size;
  private final int maxWaiting;
  private int taken;
  private int waiting;
  private long turns;

  Slots(int size, int maxWaiting) {
    this.size = size;
    this.maxWaiting = maxWaiting;
  }

  /** Takes a slot, waiting for one if need be. Whoever entered must leave. */
  Entry enter(long maxNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (taken == size) {
        Entry entry = waiting < maxWaiting ? await(maxNanos) : Entry.TOO_MANY_WAIT;
        if (entry != Entry.ENTERED) {
          return entry;
        }
      }
      taken++;
      return Entry.ENTERED;
    } finally {
      lock.unlock();
    }
  }

  private Entry await(long maxNanos) throws InterruptedException {
    long turn = turns;
    long left = maxNanos;
    waiting++;
    try {
      while (taken == size) {
        if (turn != turns) {
          return Entry.TURNED_AWAY;
        }
        if (left <= 0) {
          return Entry.TOO_LATE;
        }
        left = changed.awaitNanos(left);
      }
      return Entry.ENTERED;
    } finally {
      waiting--;
    }
  }

  void leave() {
    lock.lock();
    try {
      taken--;
      changed.signal();
      if (taken == 0) {
        emptied.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends away all who wait. */
  void turnAway() {
    lock.lock();
    try {
      turns++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is in, or the time is over. */
  boolean awaitEmpty(long maxNanos) throws InterruptedException {
    long left = maxNanos;
    lock.lockInterruptibly();
    try {
      while (taken > 0 && left > 0) {
        left = emptied.awaitNanos(left);
      }
      return taken == 0;
    } finally {
      lock.unlock();
    }
  }
}
