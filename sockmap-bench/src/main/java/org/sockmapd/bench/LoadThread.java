package org.sockmapd.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that asks on some of the connections, on whichever something can be done. */
final class LoadThread {
  private static final long LOOK_MILLIS = 20;
  private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);

  private final RunTime time;
  private final boolean paced;
  private final CountDownLatch tried;
  private final CountDownLatch begin;
  private final CountDownLatch finished;
  private final Selector selector;
  private final List<LoadConnection> connections = new ArrayList<>();
  private final List<LoadConnection> unfinished = new ArrayList<>();
  private long lookAt;
  private volatile boolean abandoned;

  /**
   * Opens a selector for connections that are {@linkplain #add added} before the {@link #start}.
   *
   * @param paced whether requests are due by a schedule
   * @param tried counted down when every connection is there or has failed
   * @param begin awaited before anything is asked
   * @param finished counted down in the end
   */
  LoadThread(
      RunTime time,
      boolean paced,
      CountDownLatch tried,
      CountDownLatch begin,
      CountDownLatch finished)
      throws IOException {
    this.time = time;
    this.paced = paced;
    this.tried = tried;
    this.begin = begin;
    this.finished = finished;
    this.selector = Selector.open();
  }

  Selector selector() {
    return selector;
  }

  /** Adds a connection, by the order in which their requests fall due. */
  void add(LoadConnection connection) {
    connections.add(connection);
    unfinished.add(connection);
  }

  void start(String name) {
    Thread.ofPlatform().daemon().name(name).start(this::run);
    if (paced) {
      Thread.ofPlatform().daemon().name(name + "-pace").start(this::keepPace);
    }
  }

  /** Ends without waiting for replies. For any thread. */
  void abandon() {
    abandoned = true;
    selector.wakeup();
  }

  private void run() {
    try (selector) {
      connect();
      begin.await();
      ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      finished.countDown();
    }
  }

  private void connect() throws IOException {
    try {
      connections.forEach(LoadConnection::connect);
      boolean all = false;
      while (!abandoned && !all) {
        all = serve() && connections.stream().allMatch(LoadConnection::tried);
      }
    } finally {
      tried.countDown();
    }
  }

  private void ask() throws IOException {
    connections.forEach(LoadConnection::begin);
    Turns turns = new Turns(connections);
    while (!unfinished.isEmpty()) {
      if (paced) {
        sendDue(turns);
      }
      serve();
    }
    connections.forEach(LoadConnection::countUnsent);
  }

  /** Each once at the most: it sends all that it owes, and replies must not wait for a rate. */
  private void sendDue(Turns turns) {
    long now = Math.min(time.now(), time.end() - 1);
    for (int left = connections.size(); left > 0 && turns.due() <= now; left--) {
      turns.next().send();
    }
  }

  /**
   * Waits for something to do, but no longer than until the connections are to be looked at.
   *
   * @return whether they were
   */
  private boolean serve() throws IOException {
    selector.select(LoadThread::ready, LOOK_MILLIS);
    if (abandoned) {
      unfinished.forEach(LoadConnection::abandon);
      unfinished.clear();
    }
    long now = time.now();
    if (now < lookAt) {
      return false;
    }
    lookAt = now + LONGEST_NAP_NANOS;
    unfinished.removeIf(connection -> !connection.look());
    return true;
  }

  /**
   * Wakes the thread that asks whenever a request falls due: a selector by itself counts in
   * milliseconds.
   */
  private void keepPace() {
    try {
      begin.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Turns turns = new Turns(connections);
    while (!abandoned && turns.due() < time.end()) {
      long left = turns.due() - time.now();
      if (left > 0) {
        LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
      } else {
        selector.wakeup();
        turns.next();
      }
    }
  }

  private static void ready(SelectionKey key) {
    ((LoadConnection) key.attachment()).ready();
  }
}
