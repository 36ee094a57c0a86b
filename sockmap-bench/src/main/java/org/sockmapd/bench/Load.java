package org.sockmapd.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** All connections, and the threads that ask on them. */
final class Load {
  private final List<LoadConnection> connections = new ArrayList<>();
  private final List<LoadThread> threads = new ArrayList<>();
  private final CountDownLatch tried;
  private final CountDownLatch begin = new CountDownLatch(1);
  private final CountDownLatch finished;

  /**
   * Prepares the connections; none is opened yet.
   *
   * @param processors how many threads may ask
   * @throws IOException if the name of the server cannot be resolved, or too many files are open
   */
  Load(BenchSettings settings, Keys keys, RunTime time, Measurement measurement, int processors)
      throws IOException {
    int count = Math.min(processors, settings.connections());
    this.tried = new CountDownLatch(count);
    this.finished = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      threads.add(new LoadThread(time, settings.rate().isPresent(), tried, begin, finished));
    }
    List<SocketAddress> addresses = Wire.addresses(settings.endpoint());
    Random places = new Random(settings.seed());
    for (int i = 0; i < settings.connections(); i++) {
      LoadThread thread = threads.get(i % count);
      KeyWalk walk = new KeyWalk(settings.mapName(), keys, places.nextInt(keys.count()));
      LoadConnection connection =
          new LoadConnection(
              settings, addresses, time, measurement, pace(settings, i), walk, thread.selector());
      thread.add(connection);
      connections.add(connection);
    }
  }

  private static Optional<Pace> pace(BenchSettings settings, int number) {
    return settings.rate().isPresent()
        ? Optional.of(new Pace(number, settings.connections(), settings.rate().getAsInt()))
        : Optional.empty();
  }

  /** Has every connection connect. */
  void connect() {
    for (int i = 0; i < threads.size(); i++) {
      threads.get(i).start("bench-" + i);
    }
  }

  /** Waits until every connection is there or has failed. */
  void awaitTried() throws InterruptedException {
    tried.await();
  }

  long connected() {
    return connections.stream().filter(LoadConnection::isConnected).count();
  }

  /** Has every connection ask. */
  void begin() {
    begin.countDown();
  }

  /** Waits until every connection is done; false if that is not soon. */
  boolean awaitFinished(long millis) throws InterruptedException {
    return finished.await(millis, TimeUnit.MILLISECONDS);
  }

  void abandon() {
    threads.forEach(LoadThread::abandon);
  }
}
