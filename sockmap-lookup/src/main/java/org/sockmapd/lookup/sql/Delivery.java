package org.sockmapd.lookup.sql;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers, one after the other, by one thread. Whoever takes an answer may write it to a
 * client that does not read: then another thread {@linkplain #takeOverAfter takes over} the rest.
 */
final class Delivery {
  private final Iterator<Runnable> answers;
  private final LongSupplier nanoTime;
  private long begun;
  private boolean over;
  private boolean left;

  Delivery(List<Runnable> answers, LongSupplier nanoTime) {
    this(answers.iterator(), nanoTime);
  }

  private Delivery(Iterator<Runnable> answers, LongSupplier nanoTime) {
    this.answers = answers;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Gives what there is; false when another thread has taken the rest over meanwhile. */
  boolean run() {
    for (Runnable answer = next(); answer != null; answer = next()) {
      answer.run();
    }
    return !left();
  }

  private synchronized @Nullable Runnable next() {
    over = !left && !answers.hasNext();
    begun = nanoTime.getAsLong();
    return left || over ? null : answers.next();
  }

  private synchronized boolean left() {
    return left;
  }

  /**
   * Takes the rest, which may be nothing, from a thread that has been giving one answer for longer
   * than a time.
   */
  synchronized Optional<Delivery> takeOverAfter(long stallNanos) {
    return nanoTime.getAsLong() - begun > stallNanos ? takeOver() : Optional.empty();
  }

  /** Takes the rest, which may be nothing; empty when it was taken already, or all is given. */
  synchronized Optional<Delivery> takeOver() {
    if (over || left) {
      return Optional.empty();
    }
    left = true;
    return Optional.of(new Delivery(answers, nanoTime));
  }
}
