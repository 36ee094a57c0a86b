package org.sockmapd.protocol;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of one step of an exchange.
 *
 * @param step what must be done by then, for the message
 * @param limit how long it may take
 * @param endNanos when it ends, on the clock of {@link System#nanoTime}
 */
record Deadline(String step, Duration limit, long endNanos) {
  static Deadline in(Duration limit, String step) {
    return new Deadline(step, limit, System.nanoTime() + limit.toNanos());
  }

  /** A share of the time that is left, so that one of several cannot use up all of it. */
  Deadline share(int parts) {
    return in(Duration.ofNanos(nanosLeft() / parts), step);
  }

  /** The milliseconds left, rounded up, so at least one. */
  long millisLeft() throws SocketTimeoutException {
    long nanos = nanosLeft();
    if (nanos <= 0) {
      throw passed();
    }
    return TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
  }

  SocketTimeoutException passed() {
    return new SocketTimeoutException(step + " took longer than " + limit.toMillis() + " ms");
  }

  private long nanosLeft() {
    return endNanos - System.nanoTime();
  }
}
