package org.sockmapd.lookup.sql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of one pool's own. After each connection, that of HikariCP which adds connections
 * sleeps for 30 ms, and whoever closes the pool waits for it.
 */
final class PoolThreads implements ThreadFactory {
  private final String name;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  PoolThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(() -> run(work));
  }

  private void run(Runnable work) {
    running.add(Thread.currentThread());
    try {
      work.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** Lets none of them sleep any longer. */
  void wake() {
    running.forEach(Thread::interrupt);
  }
}
