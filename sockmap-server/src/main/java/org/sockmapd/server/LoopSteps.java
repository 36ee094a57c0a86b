package org.sockmapd.server;

import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the beginnings and ends of what may hold the thread of an event loop up, so that another
 * thread can see it, and take the loop away from it.
 */
final class LoopSteps {
  private static final int OVER = -1;

  /** Odd between a beginning and its end. */
  private final AtomicInteger step = new AtomicInteger();

  /** What is being served; written before the step that begins it. */
  private @Nullable SelectionKey served;

  /** Begins with somebody, or with nobody in particular; false when another thread has the loop. */
  boolean begin(@Nullable SelectionKey key) {
    served = key;
    return next();
  }

  /** Ends what was begun; false when another thread has the loop. */
  boolean end() {
    return next();
  }

  private boolean next() {
    int last = step.get();
    return last != OVER && step.compareAndSet(last, (last + 1) & Integer.MAX_VALUE);
  }

  /** Tells whether another thread has the loop. */
  boolean areOver() {
    return step.get() == OVER;
  }

  int count() {
    return step.get();
  }

  static boolean isBusy(int count) {
    return count > 0 && (count & 1) != 0;
  }

  /**
   * Takes the loop from a thread that is still at a step, and from the loop whom that serves. For
   * another thread.
   */
  boolean takeAway(int at) {
    // Before, as the thread goes on to serve others when it finds that it is over.
    SelectionKey holder = served;
    if (!step.compareAndSet(at, OVER)) {
      return false;
    }
    if (holder != null) {
      holder.cancel();
    }
    return true;
  }
}
