package org.sockmapd.server;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of connections: platform threads up to a number at one time, then virtual. */
final class ConnectionThreadFactory implements ThreadFactory {
  private static final String NAME = "sockmapd-connection";

  private final ThreadFactory platform = Thread.ofPlatform().daemon().name(NAME).factory();
  private final ThreadFactory virtual = Thread.ofVirtual().name(NAME).factory();
  private final int maxPlatform;
  private final AtomicInteger running = new AtomicInteger();

  ConnectionThreadFactory(ConnectionThreads kind) {
    this.maxPlatform =
        switch (kind) {
          case PLATFORM -> Integer.MAX_VALUE;
          case VIRTUAL -> 0;
          case MIXED -> ConnectionThreads.FEW;
        };
  }

  @Override
  public Thread newThread(Runnable task) {
    return running.get() < maxPlatform
        ? platform.newThread(() -> runCounted(task))
        : virtual.newThread(task);
  }

  private void runCounted(Runnable task) {
    running.incrementAndGet();
    try {
      task.run();
    } finally {
      running.decrementAndGet();
    }
  }
}
