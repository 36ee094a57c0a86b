package org.sockmapd.server;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The event loops of a server, none before there is something to do for them. */
final class EventLoops implements AutoCloseable {
  /**
   * What is held up for longer than this, and at most for twice as long, no longer holds others.
   */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final int count;
  private final Consumer<Connection> leaver;
  private final ServerEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean watching;
  private int joined;

  /**
   * @param processors for how many; others have work with what the loops have read
   * @param leaver takes the connections that leave
   */
  EventLoops(int processors, Consumer<Connection> leaver, ServerEvents events) {
    this.count = Math.max(1, processors / 2);
    this.leaver = leaver;
    this.events = events;
  }

  /** Takes a connection over; false when that cannot be done, and it is the caller's still. */
  boolean join(Connection connection) {
    try {
      // May wait for somebody who is writing, so before the lock.
      connection.enterLoop();
      return next().join(connection);
    } catch (ClosedSelectorException e) {
      return false;
    } catch (IOException e) {
      events.internalFailure("going on in an event loop", e);
      return false;
    }
  }

  private EventLoop next() throws IOException {
    lock.lock();
    try {
      if (closed.getCount() == 0) {
        throw new ClosedSelectorException();
      }
      if (loops.size() < count) {
        loops.add(new EventLoop(leaver, events));
      }
      watching = watching || ServingThreads.started(watcher());
      return loops.get(joined++ % loops.size());
    } finally {
      lock.unlock();
    }
  }

  private Thread watcher() {
    return Thread.ofPlatform().daemon().name("sockmapd-loop-watch").unstarted(this::watch);
  }

  private void watch() {
    try {
      while (!closed.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        loops.forEach(EventLoop::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed.countDown();
      for (EventLoop loop : loops) {
        loop.close();
      }
    } catch (IOException e) {
      events.internalFailure("closing an event loop", e);
    } finally {
      lock.unlock();
    }
  }
}
