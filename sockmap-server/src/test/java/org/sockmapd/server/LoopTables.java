package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.NonBlocking;

/** Tables that answer at once, later on another thread, or hold the asking thread up. */
final class LoopTables implements AutoCloseable {
  private static final long PAUSE_NANOS = 2_000_000;

  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch lending = new CountDownLatch(1);
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private volatile @Nullable Thread asking;

  /** All of them, under the names that the tests use. */
  LookupTables all() {
    return LookupTables.builder()
        .add("echo", LookupResult.Found::new)
        .add("later", new Later())
        .add("slow", LoopTables::slow)
        .add("holding", this::holding)
        .add("failing", LoopTables::failing)
        .add("lent", new OnLentThread(this::serveUntilReleased))
        .add("lentHolding", new OnLentThread(this::hold))
        .add("meanwhile", new Meanwhile(() -> LockSupport.parkNanos(PAUSE_NANOS)))
        .add("meanwhileHolding", new Meanwhile(held::acquireUninterruptibly))
        .add("release", this::releaseOne)
        .add("big", key -> new LookupResult.Found("x".repeat(90_000)))
        .build();
  }

  /** Lets some go on that are held up, now or later. */
  void release(int count) {
    held.release(count);
  }

  /** Waits until the table {@code lent} has the thread of a loop. */
  void awaitLent() throws InterruptedException {
    lending.await();
  }

  /** The thread that asked the table {@code later} last. */
  Thread latestAsking() {
    return Objects.requireNonNull(asking);
  }

  @Override
  public void close() {
    later.shutdown();
  }

  /** Remembers who asked, and answers on another thread. */
  private final class Later implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      asking = Thread.currentThread();
      Runnable task = () -> answer.accept(new LookupResult.Found(key));
      var unused = later.schedule(task, 1, TimeUnit.MILLISECONDS);
    }
  }

  /** Does something on the thread of the loop before it answers whether that served somebody. */
  private record OnLentThread(Predicate<NonBlocking> work) implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      NonBlocking lent = (NonBlocking) Thread.currentThread();
      assertThat(lent.serveOthers()).as("served while a connection is").isFalse();
      boolean kept =
          lent.later(
              () -> answer.accept(new LookupResult.Found(Boolean.toString(work.test(lent)))),
              () -> {});
      assertThat(kept).isTrue();
    }
  }

  /** Tells what was done meanwhile, and whether its time was counted. */
  private record Meanwhile(Runnable work) implements AskedWithoutWaiting {
    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      NonBlocking lent = (NonBlocking) Thread.currentThread();
      AtomicInteger times = new AtomicInteger();
      lent.later(
          () -> {
            long begun = lent.servingNanos();
            boolean first = lent.serveOthers();
            boolean again = lent.serveOthers();
            boolean counted = lent.servingNanos() - begun >= PAUSE_NANOS;
            answer.accept(
                new LookupResult.Found(first + " " + again + " " + times + " " + counted));
          },
          () -> {
            times.incrementAndGet();
            work.run();
          });
    }
  }

  private boolean serveUntilReleased(NonBlocking lent) {
    lending.countDown();
    boolean any = false;
    while (!held.tryAcquire()) {
      any |= lent.serveOthers();
    }
    return any;
  }

  private boolean hold(NonBlocking lent) {
    held.acquireUninterruptibly();
    return lent.serveOthers();
  }

  private LookupResult releaseOne(String key) {
    release(1);
    return new LookupResult.Found(key);
  }

  /** Takes longer than memory does. */
  private static LookupResult slow(String key) {
    LockSupport.parkNanos(20_000);
    return new LookupResult.Found(key);
  }

  private LookupResult holding(String key) {
    held.acquireUninterruptibly();
    return new LookupResult.Found(key);
  }

  private static LookupResult failing(String key) {
    throw new OutOfMemoryError("test");
  }
}
