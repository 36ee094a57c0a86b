package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.NonBlocking;

class LentThreadsTest {
  private static final long QUICK = 210_000;
  private static final long SLOW = 220_000;

  private final AtomicLong now = new AtomicLong();
  private boolean sound = true;
  private final LentThreads threads = new LentThreads(() -> sound, now::get);

  /** A thread that serves others for a part of the time. */
  private static final class Lent extends Thread implements NonBlocking {
    private long servingNanos;

    Lent(Consumer<Lent> task, CompletableFuture<Void> done) {
      super(() -> run(task, done));
    }

    private static void run(Consumer<Lent> task, CompletableFuture<Void> done) {
      try {
        task.accept((Lent) Thread.currentThread());
        done.complete(null);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public long servingNanos() {
      return servingNanos;
    }
  }

  private static void onLent(Consumer<Lent> task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    new Lent(task, done).start();
    done.join();
  }

  private void ask(int keys, long nanos) {
    LentThreads.Watch watch = threads.watch(keys);
    now.addAndGet(nanos);
    watch.answered();
  }

  private boolean uses() {
    return threads.ofCaller() != null;
  }

  private boolean usesAgain() {
    return threads.ofCallerAgain() != null;
  }

  @Test
  void usesNoThreadThatWasNotLent() {
    ask(1, QUICK);
    assertThat(uses()).isFalse();
    assertThat(usesAgain()).isFalse();
  }

  @Test
  void usesAThreadAsLongAsAnswersAreQuick() {
    onLent(
        lent -> {
          assertThat(uses()).isTrue();
          for (int i = 0; i < 3; i++) {
            ask(1, QUICK);
            assertThat(uses()).isTrue();
            assertThat(usesAgain()).isTrue();
            assertThat(threads.quick()).isTrue();
          }
        });
  }

  @Test
  void expectsMoreTimeForMoreKeys() {
    onLent(
        lent -> {
          ask(32, 3 * QUICK);
          assertThat(usesAgain()).isTrue();
        });
  }

  @Test
  void leavesOutTheTimeInWhichOthersAreServed() {
    onLent(
        lent -> {
          LentThreads.Watch watch = threads.watch(1);
          now.addAndGet(10 * SLOW);
          lent.servingNanos += 10 * SLOW - QUICK;
          watch.answered();
          assertThat(usesAgain()).isTrue();
        });
  }

  @Test
  void putsUpWithOneSlowAnswerAmongQuickOnes() {
    onLent(
        lent -> {
          ask(1, QUICK);
          ask(1, SLOW);
          assertThat(usesAgain()).isTrue();
          for (int i = 0; i < 8; i++) {
            ask(1, QUICK);
          }
          ask(1, SLOW);
          assertThat(usesAgain()).isTrue();
          ask(1, SLOW);
          assertThat(usesAgain()).isFalse();
        });
  }

  @Test
  void triesSeldomerEachTimeThatAnAnswerIsSlow() {
    onLent(
        lent -> {
          for (int millis = 1; millis <= 128; millis *= 2) {
            ask(1, SLOW);
            assertPausesFor(Duration.ofMillis(millis));
          }
          ask(1, SLOW);
          assertPausesFor(Duration.ofMillis(200));
          ask(1, SLOW);
          assertPausesFor(Duration.ofMillis(200));
          ask(1, QUICK);
          assertThat(usesAgain()).isTrue();
        });
  }

  private void assertPausesFor(Duration pause) {
    assertThat(usesAgain()).isFalse();
    assertThat(uses()).isFalse();
    now.addAndGet(pause.toNanos() - 1);
    assertThat(uses()).isFalse();
    now.addAndGet(1);
    assertThat(uses()).isTrue();
  }

  @Test
  void usesNoThreadAfterOneHung() {
    onLent(
        lent -> {
          ask(1, QUICK);
          threads.hung();
          assertThat(uses()).isFalse();
          assertThat(threads.quick()).isFalse();
        });
  }

  @Test
  void usesNoThreadForADatabaseThatIsOutOfOrder() {
    onLent(
        lent -> {
          ask(1, QUICK);
          sound = false;
          assertThat(uses()).isFalse();
          assertThat(usesAgain()).isFalse();
        });
  }
}
