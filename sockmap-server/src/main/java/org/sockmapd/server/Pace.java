package org.sockmapd.server;

/**
 * Judges by every sixteenth request whether a connection is answered from memory. For use by the
 * connection's thread alone.
 */
final class Pace {
  private static final int EVERY = 16;

  /** A database that is asked through a socket takes several times as long, a cache a third. */
  private static final long PROMPT_NANOS = 8_000;

  private static final int SAMPLES = 0xffff;

  /** A thread may be put off at any moment, so not every sample need be short. */
  private static final int ENOUGH = 15;

  private int requests;

  /** The latest samples, a bit each, set where the answer was prompt. */
  private int samples;

  /** Counts a request; true when it is to be timed. */
  boolean next() {
    requests++;
    return requests % EVERY == 0;
  }

  /** Notes how long a timed request took to be answered. */
  void took(long nanos) {
    samples = samples << 1 | (nanos < PROMPT_NANOS ? 1 : 0);
  }

  boolean prompt() {
    return Integer.bitCount(samples & SAMPLES) >= ENOUGH;
  }
}
