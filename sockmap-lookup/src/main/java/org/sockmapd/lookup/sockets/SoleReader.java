package org.sockmapd.lookup.sockets;

/**
 * Tells whether one thread alone reads. Safe for use by many threads, whose races can make it err
 * for a few reads.
 */
final class SoleReader {
  /** Threads that take turns do not often have so many reads in a row. */
  private static final int IN_A_ROW = 16;

  /** No thread's number. */
  private static final long ANOTHER = -1;

  private volatile long latest;
  private int reads;

  /** Counts a read of the calling thread; true when others have not read for some time. */
  boolean isCurrentThread() {
    long current = Thread.currentThread().threadId();
    if (latest != current) {
      latest = current;
      reads = 0;
    } else if (reads < IN_A_ROW) {
      reads++;
    }
    return reads == IN_A_ROW;
  }

  /** Counts a read of a thread that does not ask, without a write that others must wait for. */
  void anotherReads() {
    if (latest != ANOTHER) {
      latest = ANOTHER;
    }
  }
}
