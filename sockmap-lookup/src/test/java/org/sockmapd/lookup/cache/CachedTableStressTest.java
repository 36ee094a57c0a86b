package org.sockmapd.lookup.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;

/** Many threads at once. The table below answers half of its questions on threads of its own. */
@Timeout(60)
class CachedTableStressTest {
  private static final int THREADS = 8;
  private static final CacheSettings LONG_LIVED =
      new CacheSettings(
          Duration.ofDays(1), Duration.ofDays(1), CacheCapacity.entries(100_000), 0, Duration.ZERO);

  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
  private final ExecutorService lanes = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    callers.shutdownNow();
    lanes.shutdownNow();
  }

  @Test
  void asksOnceForEachKeyHoweverManyAsk() throws Exception {
    ConcurrentHashMap<String, AtomicInteger> queries = new ConcurrentHashMap<>();
    CachedTable table =
        cached(
            key -> {
              queries.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
              return new Found(key);
            });

    together(
        thread -> {
          for (int i = 0; i < 20_000; i++) {
            String key = "k" + i;
            assertThat(ask(table, key, (i + thread) % 2 == 0)).isEqualTo(new Found(key));
          }
        });

    assertThat(queries).hasSize(20_000);
    assertThat(queries.values()).allMatch(count -> count.get() == 1);
  }

  @Test
  void neverGivesAfterAFlushWhatWasTrueOnlyBeforeIt() throws Exception {
    AtomicLong version = new AtomicLong();
    AtomicLong flushed = new AtomicLong();
    CachedTable table = cached(key -> new Found(Long.toString(version.get())));

    together(
        thread -> {
          for (int i = 0; i < 30_000; i++) {
            if (thread == 0) {
              long written = version.incrementAndGet();
              flush(table, i);
              flushed.set(written);
            } else {
              long atLeast = flushed.get();
              Found found = (Found) ask(table, "k", (i + thread) % 2 == 0);
              assertThat(Long.parseLong(found.value())).isGreaterThanOrEqualTo(atLeast);
            }
          }
        });
  }

  private static void flush(CachedTable table, int turn) {
    if (turn % 2 == 0) {
      table.flush();
    } else {
      table.flush("k");
    }
  }

  @Test
  void aCallerThatWaitsInTheAnswerOfAnotherIsNotForgotten() {
    CompletableFuture<LookupResult> nested = new CompletableFuture<>();
    CachedTable table = cached(Found::new);

    table.lookup("a", first -> table.lookup("a", nested::complete));

    assertThatCode(() -> assertThat(nested.get()).isEqualTo(new Found("a")))
        .doesNotThrowAnyException();
  }

  private static LookupResult ask(CachedTable table, String key, boolean blocking) {
    if (blocking) {
      return table.lookup(key);
    }
    CompletableFuture<LookupResult> answer = new CompletableFuture<>();
    table.lookup(key, answer::complete);
    return answer.join();
  }

  private CachedTable cached(LookupTable rows) {
    LookupTable origin =
        new LookupTable() {
          @Override
          public LookupResult lookup(String key) {
            return rows.lookup(key);
          }

          @Override
          public void lookup(String key, Consumer<? super LookupResult> answer) {
            lanes.execute(() -> answer.accept(rows.lookup(key)));
          }
        };
    return new CachedTable("m", origin, LONG_LIVED, LookupEvents.NONE, System::nanoTime);
  }

  private interface Caller {
    void call(int thread) throws Exception;
  }

  private void together(Caller caller) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      all.add(
          callers.submit(
              () -> {
                start.await();
                caller.call(thread);
                return null;
              }));
    }
    start.countDown();
    for (Future<?> one : all) {
      one.get();
    }
  }
}
