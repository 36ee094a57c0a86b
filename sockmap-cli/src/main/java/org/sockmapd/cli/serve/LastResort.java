package org.sockmapd.cli.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sockmapd.cli.log.Log;

/**
 * Ends the process when an orderly end takes too long: a query in the hands of a driver cannot
 * always be called back. What was told to stop must stop.
 */
final class LastResort {
  private final Log log;
  private final Runnable halt;
  private final CountDownLatch ended = new CountDownLatch(1);

  LastResort(Log log, Runnable halt) {
    this.log = log;
    this.halt = halt;
  }

  /** Halts after a time, unless the end has come before. */
  void after(Duration patience) {
    Thread.ofPlatform().daemon().name("last-resort").start(() -> haltAfter(patience));
  }

  /** The end has come in order. */
  void ended() {
    ended.countDown();
  }

  private void haltAfter(Duration patience) {
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("stopped with lookups under way");
        log.flush();
        halt.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
