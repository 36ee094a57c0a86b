package org.sockmapd.cli.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sockmapd.protocol.Endpoint;

/**
 * Clients that ask all the time, at a modest rate: for each connection to a database, on each
 * endpoint, one that asks one question at a time and one that pipelines.
 */
final class Load implements AutoCloseable {
  private static final int PIPELINED = 4;
  private static final int GOOD_STREAK = 5;

  /** As long as Postfix waits for a reply. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<String, Score> scores = new HashMap<>();
  private final Map<Asker, Thread> askers = new HashMap<>();

  private Load() {}

  static Load start(List<Endpoint> endpoints, List<String> connections, SplittableRandom random) {
    Load load = new Load();
    for (String connection : connections) {
      load.scores.put(connection, new Score());
      for (Endpoint endpoint : endpoints) {
        load.begin(endpoint, connection, 1, random.split());
        load.begin(endpoint, connection, PIPELINED, random.split());
      }
    }
    return load;
  }

  private void begin(Endpoint endpoint, String connection, int atOnce, SplittableRandom random) {
    Asker asker = new Asker(endpoint, connection, atOnce, random, score(connection), stop);
    askers.put(asker, Thread.ofPlatform().daemon().name(asker.toString()).start(asker));
  }

  /** What became of the questions to a connection. */
  Score score(String connection) {
    return Objects.requireNonNull(scores.get(connection), connection);
  }

  /** Lets some time pass. */
  void runFor(Duration time) throws InterruptedException {
    stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** From now on {@link #answersAll} counts. */
  void beginStreak(String connection) {
    askers.keySet().stream()
        .filter(one -> one.connection().equals(connection))
        .forEach(Asker::beginStreak);
  }

  /** Whether each client of a connection has got some right answers in a row. */
  boolean answersAll(String connection) {
    return askers.keySet().stream()
        .filter(one -> one.connection().equals(connection))
        .allMatch(one -> one.streak() >= GOOD_STREAK);
  }

  /** What must never happen, and has. */
  List<String> defects() {
    List<String> all = new ArrayList<>();
    scores.values().forEach(score -> all.addAll(score.defects()));
    return all;
  }

  /** Asks nothing more, and waits for the replies that are missing. */
  @Override
  public void close() {
    stop.countDown();
    askers.forEach(this::awaitEnd);
  }

  private void awaitEnd(Asker asker, Thread thread) {
    try {
      if (!thread.join(PATIENCE)) {
        score(asker.connection()).defect("%s waits for a reply".formatted(asker));
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
