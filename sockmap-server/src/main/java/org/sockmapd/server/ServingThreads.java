package org.sockmapd.server;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of connections, and tells which connection would be served better by another.
 */
final class ServingThreads {
  private static final String NAME = "sockmapd-connection";

  private final ThreadFactory platform = Thread.ofPlatform().daemon().name(NAME).factory();
  private final ThreadFactory virtual = Thread.ofVirtual().name(NAME).factory();
  private final int maxPlatform;

  /** Beyond so many connections, those that are answered from memory go on with virtual threads. */
  private final int maxPrompt;

  private final AtomicInteger connections = new AtomicInteger();

  ServingThreads(ConnectionThreads kind, int processors) {
    this.maxPlatform =
        switch (kind) {
          case PLATFORM -> Integer.MAX_VALUE;
          case VIRTUAL -> 0;
          case MIXED -> ConnectionThreads.FEW;
        };
    this.maxPrompt =
        kind == ConnectionThreads.MIXED
            ? Math.min(maxPlatform, ConnectionThreads.FEW_PROMPT_PER_PROCESSOR * processors)
            : maxPlatform;
  }

  /** Makes the thread of a new connection, which counts while the thread runs. */
  Thread first(Runnable task) {
    ThreadFactory threads = connections.get() < maxPlatform ? platform : virtual;
    return threads.newThread(() -> runCounted(task));
  }

  /** Makes the thread that goes on with a connection which {@link #shouldGoOnVirtually}. */
  Thread further(Runnable task) {
    return virtual.newThread(() -> runCounted(task));
  }

  /**
   * Tells whether the connection that the calling thread serves should go on with a virtual thread.
   * Never the other way round: once a virtual thread has used a socket, a read by a platform thread
   * costs a further system call.
   *
   * @param prompt whether the connection is answered from memory
   */
  boolean shouldGoOnVirtually(boolean prompt) {
    return prompt && connections.get() > maxPrompt && !Thread.currentThread().isVirtual();
  }

  private void runCounted(Runnable task) {
    connections.incrementAndGet();
    try {
      task.run();
    } finally {
      connections.decrementAndGet();
    }
  }
}
