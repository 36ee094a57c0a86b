package org.sockmapd.server;

/** Measures how long a counter has stood still, as seen by one thread that looks now and then. */
final class Stillness {
  private int last;
  private long since;

  Stillness(long now) {
    this.since = now;
  }

  /** How long the counter has had this value, in the unit of {@code now}. */
  long of(int counter, long now) {
    if (counter != last) {
      last = counter;
      since = now;
    }
    return now - since;
  }
}
