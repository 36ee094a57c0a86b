package org.sockmapd.lookup.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Queries in the background, few at a time. What does not fit is dropped: the key is then asked by
 * whoever needs it.
 */
final class Refreshes implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 256;
  private static final long IDLE_SECONDS = 10;

  private final Semaphore places = new Semaphore(WAITING);
  private final Executor executor;
  private final Runnable stop;

  /** Runs them on threads of its own, which end when idle. */
  static Refreshes onOwnThreads(String mapName) {
    ThreadFactory threads =
        Thread.ofPlatform().daemon().name("refresh-" + mapName + "-", 0).factory();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return new Refreshes(
        pool,
        () -> {
          pool.shutdown();
          pool.getQueue().clear();
        });
  }

  Refreshes(Executor executor, Runnable stop) {
    this.executor = executor;
    this.stop = stop;
  }

  /** Runs a query soon, or tells that there is no room for it. */
  boolean offer(Runnable query) {
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      executor.execute(() -> run(query));
      return true;
    } catch (RejectedExecutionException closed) {
      places.release();
      return false;
    }
  }

  private void run(Runnable query) {
    places.release();
    query.run();
  }

  /** Drops what waits; what is under way ends by itself. */
  @Override
  public void close() {
    stop.run();
  }
}
