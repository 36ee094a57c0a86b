package org.sockmapd.cli.faults;

/**
 * How requests ended in some time.
 *
 * @param requests all of them
 * @param longestMillis the longest time from a question to its reply
 */
record Tally(long requests, long temps, long timeouts, long longestMillis) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        requests + other.requests,
        temps + other.temps,
        timeouts + other.timeouts,
        Math.max(longestMillis, other.longestMillis));
  }

  Tally plus(Verdict verdict, long millis) {
    return plus(
        new Tally(1, verdict == Verdict.TEMP ? 1 : 0, verdict == Verdict.TIMEOUT ? 1 : 0, millis));
  }
}
