package org.sockmapd.server;

/** Judges how a connection is answered. For use by the connection's thread alone. */
final class Pace {
  /** One of so many requests is timed. */
  private static final int EVERY = 16;

  /** A database that is asked through a socket takes several times as long, a cache a third. */
  private static final long PROMPT_NANOS = 8_000;

  private static final int LATEST = 0xffff;

  /** A thread may be put off at any moment, so not every sample need be short. */
  private static final int MOST_PROMPT = 15;

  /** Some lookups ask for themselves as long as few others are under way. */
  private static final int MOST_LATE = 8;

  /** As many in a row are not by chance. */
  private static final int LATE_IN_A_ROW = 0b1111;

  private static final int MANY_HELD = 5;

  private int requests;

  /** The latest requests, a bit each, set where the answer had not come when the table returned. */
  private int late;

  /** The latest of those timed, a bit each, set where the answer was prompt. */
  private int prompt;

  /** The same, set where the table kept the thread waiting for the answer. */
  private int held;

  /** Counts a request; true when it is to be timed. */
  boolean next() {
    requests++;
    return requests % EVERY == 0;
  }

  /**
   * Notes that an event loop serves the connection from now on: what kept a thread of its own
   * waiting, as a table may, says nothing of the loop's.
   */
  void enterLoop() {
    held = 0;
  }

  /** Notes whether the table has answered a request, rather than promised to. */
  void answered(boolean answered) {
    late = late << 1 | (answered ? 0 : 1);
  }

  /** Notes how long a timed request took, which was the latest. */
  void took(long nanos) {
    boolean here = (late & 1) == 0;
    boolean shortTime = nanos < PROMPT_NANOS;
    prompt = prompt << 1 | (here && shortTime ? 1 : 0);
    held = held << 1 | (here && !shortTime ? 1 : 0);
  }

  /** Whether it is answered from memory. */
  boolean prompt() {
    return Integer.bitCount(prompt & LATEST) >= MOST_PROMPT;
  }

  /** Whether most answers are given by other threads, or the latest few all were. */
  boolean late() {
    return (late & LATE_IN_A_ROW) == LATE_IN_A_ROW || Integer.bitCount(late & LATEST) >= MOST_LATE;
  }

  /** Whether tables keep its thread, or that of its event loop, waiting time and again. */
  boolean heldUp() {
    return Integer.bitCount(held & LATEST) >= MANY_HELD;
  }
}
