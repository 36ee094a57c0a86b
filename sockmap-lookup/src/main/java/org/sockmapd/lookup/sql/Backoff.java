package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that grow: each twice the one before, up to a bound, and each a little off by chance so
 * that many servers do not knock at one moment. Safe for use by many threads.
 */
final class Backoff {
  private static final double SPREAD = 0.2;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  synchronized Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    double factor = 1 + SPREAD * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (pause.toNanos() * factor));
  }

  synchronized void reset() {
    next = first;
  }
}
