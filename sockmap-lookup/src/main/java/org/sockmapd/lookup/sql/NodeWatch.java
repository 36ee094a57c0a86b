package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the nodes of a database again and again, so that a lookup that gets no answer is noticed
 * without a timer of its own.
 */
final class NodeWatch implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMillis(250);

  private final Runnable look;
  private final Duration period;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean failed;

  private NodeWatch(Runnable look, Duration share) {
    this.look = look;
    Duration part = share.dividedBy(10);
    this.period = part.compareTo(LONGEST) < 0 ? part : LONGEST;
  }

  /** Begins to look, on a thread that keeps no process alive. */
  static NodeWatch start(Runnable look, DatabaseSettings settings) {
    NodeWatch watch = new NodeWatch(look, settings.nodeShare());
    Thread.ofPlatform().daemon().name("sockmapd-watch " + settings.database()).start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
        lookOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A look that fails does not end the watch. The first of several in a row is reported. */
  private void lookOnce() {
    try {
      look.run();
      failed = false;
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      if (!failed) {
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
      failed = true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
