package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServingThreadsTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> running = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    end.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    running.clear();
  }

  @Test
  void makesOneKindAlone() {
    assertThat(threads(ConnectionThreads.PLATFORM).first(() -> {}))
        .matches(thread -> !thread.isVirtual() && thread.isDaemon());
    assertThat(threads(ConnectionThreads.VIRTUAL).first(() -> {})).matches(Thread::isVirtual);
  }

  @Test
  void makesVirtualThreadsOnceThereAreSomePlatformThreadsUntilTheyEnd() throws Exception {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    serve(threads, ConnectionThreads.FEW);
    assertThat(running).noneMatch(Thread::isVirtual);
    assertThat(threads.first(() -> {}).isVirtual()).isTrue();

    endAll();

    assertThat(threads.first(() -> {}).isVirtual()).isFalse();
  }

  @Test
  void hasThoseAnsweredFromMemoryGoOnVirtuallyWhereThereAreSomeForEachProcessor() throws Exception {
    ServingThreads threads = threads(ConnectionThreads.MIXED);
    serve(threads, 12);
    assertThat(threads.shouldGoOnVirtually(true)).isFalse();

    serve(threads, 1);

    assertThat(threads.shouldGoOnVirtually(true)).isTrue();
    assertThat(threads.shouldGoOnVirtually(false)).isFalse();
    assertThat(threads.further(() -> {}).isVirtual()).isTrue();
    assertThat(onVirtualThread(() -> threads.shouldGoOnVirtually(true))).isFalse();
  }

  @Test
  void leavesThoseOfOneKindAlone() throws Exception {
    ServingThreads threads = threads(ConnectionThreads.PLATFORM);
    serve(threads, 100);
    assertThat(threads.shouldGoOnVirtually(true)).isFalse();
  }

  private static ServingThreads threads(ConnectionThreads kind) {
    return new ServingThreads(kind, 2);
  }

  /** Lets some connections be served until the end. */
  private void serve(ServingThreads threads, int count) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread = threads.first(() -> serveUntilEnd(begun));
      running.add(thread);
      thread.start();
    }
    begun.await();
  }

  private void serveUntilEnd(CountDownLatch begun) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean onVirtualThread(BooleanSupplier question) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> answer.complete(question.getAsBoolean()));
    return answer.join();
  }
}
