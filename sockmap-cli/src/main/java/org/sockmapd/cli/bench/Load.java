package org.sockmapd.cli.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** All connections with their threads. */
final class Load {
  private static final long STACK_BYTES = 256 * 1024;

  private final List<LoadConnection> connections = new ArrayList<>();
  private final boolean paced;
  private final CountDownLatch tried;
  private final CountDownLatch begin = new CountDownLatch(1);
  private final CountDownLatch finished;

  /**
   * Prepares the connections; none is opened yet.
   *
   * @throws IOException if the name of the server cannot be resolved
   */
  Load(BenchSettings settings, Keys keys, RunTime time, Measurement measurement)
      throws IOException {
    List<SocketAddress> addresses = Wire.addresses(settings.endpoint());
    Random places = new Random(settings.seed());
    for (int i = 0; i < settings.connections(); i++) {
      Optional<Pace> pace = pace(settings, i);
      KeyWalk walk = new KeyWalk(settings.mapName(), keys, places.nextInt(keys.count()));
      connections.add(new LoadConnection(settings, addresses, time, measurement, pace, walk));
    }
    this.paced = settings.rate().isPresent();
    this.tried = new CountDownLatch(settings.connections());
    this.finished = new CountDownLatch(settings.connections());
  }

  private static Optional<Pace> pace(BenchSettings settings, int number) {
    return settings.rate().isPresent()
        ? Optional.of(new Pace(number, settings.connections(), settings.rate().getAsInt()))
        : Optional.empty();
  }

  /** Has every connection connect. */
  void connect() {
    for (int i = 0; i < connections.size(); i++) {
      LoadConnection connection = connections.get(i);
      thread("bench-" + i, () -> converse(connection));
    }
  }

  private static void thread(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).stackSize(STACK_BYTES).start(work);
  }

  private void converse(LoadConnection connection) {
    try {
      connection.connect();
      tried.countDown();
      begin.await();
      connection.converse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished.countDown();
    }
  }

  /** Waits until every connection is there or has failed; false if that is not soon. */
  boolean awaitTried(long millis) throws InterruptedException {
    return tried.await(millis, TimeUnit.MILLISECONDS);
  }

  long connected() {
    return connections.stream().filter(LoadConnection::isConnected).count();
  }

  /** Has every connection ask. */
  void begin() {
    begin.countDown();
    if (paced) {
      for (int i = 0; i < connections.size(); i++) {
        thread("bench-pace-" + i, connections.get(i)::keepPace);
      }
    }
  }

  /** Waits until every connection is done; false if that is not soon. */
  boolean awaitFinished(long millis) throws InterruptedException {
    return finished.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Looks after connections that wait for too long. To be called some times a second. */
  void look() {
    connections.forEach(LoadConnection::look);
  }

  void abandon() {
    connections.forEach(LoadConnection::abandon);
  }
}
