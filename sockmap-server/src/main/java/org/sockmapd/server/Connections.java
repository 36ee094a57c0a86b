package org.sockmapd.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The open connections of a server: bounded in all and by client, and waited for at its end. */
final class Connections {
  private final int maxInAll;
  private final int maxPerClient;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Connection> open = new HashSet<>();
  private final Map<InetAddress, Integer> byClient = new HashMap<>();
  private boolean hurried;

  /** Written under the lock. */
  private volatile int count;

  Connections(ServerLimits limits) {
    this.maxInAll = limits.maxConnections();
    this.maxPerClient = limits.maxConnectionsPerClient();
  }

  /**
   * Takes a connection in, to be removed when it has ended.
   *
   * @return why it is refused; empty when it was taken in
   */
  Optional<Refusal> add(Connection connection) {
    lock.lock();
    try {
      Optional<Refusal> refusal = refusal(connection.peer());
      if (refusal.isEmpty()) {
        open.add(connection);
        count = open.size();
        connection.peer().address().ifPresent(client -> byClient.merge(client, 1, Integer::sum));
      }
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Refusal> refusal(Peer peer) {
    if (open.size() >= maxInAll) {
      return Optional.of(Refusal.TOO_MANY_CONNECTIONS);
    }
    return peer.address()
        .filter(client -> byClient.getOrDefault(client, 0) >= maxPerClient)
        .map(client -> Refusal.TOO_MANY_FROM_CLIENT);
  }

  void remove(Connection connection) {
    lock.lock();
    try {
      if (open.remove(connection)) {
        count = open.size();
        connection
            .peer()
            .address()
            .ifPresent(client -> byClient.computeIfPresent(client, Connections::less));
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Integer less(InetAddress client, Integer count) {
    return count == 1 ? null : Integer.valueOf(count - 1);
  }

  /** How many are open. */
  int count() {
    return count;
  }

  /** The connections that are open at this moment. */
  List<Connection> snapshot() {
    lock.lock();
    try {
      return List.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until every connection has ended, or {@link #hurry} was called.
   *
   * @return whether every connection has ended
   */
  boolean awaitNone(Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!open.isEmpty() && left > 0 && !hurried) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Who is interrupted waits no longer.
    } finally {
      lock.unlock();
    }
    return snapshot().isEmpty();
  }

  /** Lets nobody wait any longer. */
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
