package org.sockmapd.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what only tells by being asked. */
final class Polling {

  private static final Duration PAUSE = Duration.ofMillis(25);

  /** A question that may fail for a reason that ends the waiting. */
  interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  private Polling() {}

  /**
   * Asks until the answer is yes.
   *
   * @param hopeful no further question is asked once it says no
   * @param story what to tell when it never becomes true
   */
  static <E extends Exception> void until(
      Condition<E> condition, BooleanSupplier hopeful, Duration patience, Supplier<String> story)
      throws E {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      if (!hopeful.getAsBoolean() || System.nanoTime() - begin > patience.toNanos()) {
        throw new IllegalStateException(story.get());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
