package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Asks a node in the background whether it is there. One thread for one outage, since a node that
 * hangs keeps its thread for the whole connect timeout.
 */
final class NodeProbe implements AutoCloseable {
  private final String node;
  private final Backoff backoff;
  private final Runnable ask;
  private final BooleanSupplier down;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean checking = new AtomicBoolean();

  /**
   * Makes a probe that sleeps.
   *
   * @param ask asks the node once, and acts on the answer
   * @param down tells whether the node is out of use
   */
  NodeProbe(String node, Backoff backoff, Runnable ask, BooleanSupplier down) {
    this.node = node;
    this.backoff = backoff;
    this.ask = ask;
    this.down = down;
  }

  /** Asks after growing pauses until the node is in use again. */
  void untilItAnswers() {
    start(
        () -> {
          while (down.getAsBoolean() && !closedWithin(backoff.next())) {
            ask.run();
          }
        });
  }

  /** Asks once, unless that is being done. */
  void once() {
    if (checking.compareAndSet(false, true)) {
      start(
          () -> {
            try {
              ask.run();
            } finally {
              checking.set(false);
            }
          });
    }
  }

  /** The node has done real work, so that the next outage is a new one. */
  void forget() {
    backoff.reset();
  }

  private void start(Runnable task) {
    Thread.ofPlatform().daemon().name("sockmapd-probe " + node).start(task);
  }

  private boolean closedWithin(Duration pause) {
    try {
      return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
