package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How many connections a node gives, as far as it is known: it is learned from those that it does
 * not give, and after a while forgotten by one, as it may give more then. For use under a lock.
 */
final class ConnectionLimit {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final int wanted;
  private final LongSupplier nanoTime;
  private final Backoff pauses;
  private int known;
  private long pauseEnd;

  /**
   * @param wanted how many are wanted at most
   */
  ConnectionLimit(int wanted, LongSupplier nanoTime, RandomGenerator random) {
    this.wanted = wanted;
    this.nanoTime = nanoTime;
    this.pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    this.known = wanted;
    this.pauseEnd = nanoTime.getAsLong();
  }

  /** Tells whether the node gives fewer than are wanted. */
  boolean isBelowWanted() {
    return known < wanted;
  }

  /** The number itself; what is wanted, if nothing else is known. */
  int known() {
    return known;
  }

  /** Tells whether another connection is worth trying. */
  boolean allows(int held, int opening) {
    return held + opening < known
        || (isBelowWanted() && opening == 0 && pauseEnd - nanoTime.getAsLong() <= 0);
  }

  /** The node gave a connection, which is one of those held. */
  void given(int held) {
    if (held > known) {
      known = held;
      pauses.reset();
      pauseEnd = nanoTime.getAsLong();
    }
  }

  /** The node did not give a connection, but has given some, or may give those being opened. */
  void refused(int held, int opening) {
    if (pauseEnd - nanoTime.getAsLong() <= 0) {
      pauseEnd = nanoTime.getAsLong() + pauses.next().toNanos();
    }
    known = Math.min(known, held + opening);
  }

  /** What was learned holds no more. */
  void forget() {
    known = wanted;
    pauses.reset();
    pauseEnd = nanoTime.getAsLong();
  }
}
