package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** Lookups that several clients asked at one time, and what became of each. */
record Asked(List<Answers> all) {
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What one lookup was answered: each answer that came. */
  record Answers(String key, List<LookupResult> given) implements Consumer<LookupResult> {
    Answers(String key) {
      this(key, new CopyOnWriteArrayList<>());
    }

    @Override
    public void accept(LookupResult result) {
      given.add(result);
    }
  }

  /**
   * Has clients ask for the keys, each for every eighth, without waiting for the answer to one
   * before asking for the next.
   */
  static Asked of(LookupTable table, List<String> keys)
      throws InterruptedException, ExecutionException {
    Asked asked = new Asked(keys.stream().map(Answers::new).toList());
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<? extends Future<?>> running =
          IntStream.range(0, CLIENTS)
              .mapToObj(client -> clients.submit(() -> asked.askPart(table, client)))
              .toList();
      for (Future<?> each : running) {
        each.get();
      }
    }
    return asked;
  }

  private void askPart(LookupTable table, int client) {
    for (int i = client; i < all.size(); i += CLIENTS) {
      table.lookup(all.get(i).key(), all.get(i));
    }
  }

  /** Waits until each has an answer. */
  private void awaitAnswers() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> all.stream().noneMatch(each -> each.given().isEmpty()));
  }

  /** The first answer of each. */
  List<LookupResult> results() {
    awaitAnswers();
    return all.stream().map(each -> each.given().getFirst()).toList();
  }

  /** Expects one answer to each, the one that its key has alone. */
  void assertAnsweredAlikeBy(LookupTable alone) {
    awaitAnswers();
    for (Answers answers : all) {
      assertThat(answers.given())
          .as("answers to <%s>", answers.key())
          .containsExactly(alone.lookup(answers.key()));
    }
  }
}
