package org.sockmapd.lookup.sql;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that ask a database for several lookups at once; none while there is nothing to do. */
final class LaneThreads implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final ExecutorService threads;

  LaneThreads(String database) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("sockmapd-lane " + database + " ", 1).factory());
  }

  /** Runs a task on a thread of its own; on the caller's once this is closed. */
  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closed) {
      task.run();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
