package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.NonBlocking;

class LentThreadsTest {
  private static final long QUICK = 210_000;
  private static final long SLOW = 220_000;

  private boolean sound = true;
  private final LentThreads threads = new LentThreads(() -> sound);
  private boolean used;

  private static final class Lent extends Thread implements NonBlocking {
    Lent(Runnable task) {
      super(task);
    }
  }

  private boolean uses() throws InterruptedException {
    return on(() -> used = threads.ofCaller() != null);
  }

  private boolean usesAgain() throws InterruptedException {
    return on(() -> used = threads.ofCallerAgain() != null);
  }

  private boolean on(Runnable question) throws InterruptedException {
    Thread thread = new Lent(question);
    thread.start();
    thread.join();
    return used;
  }

  @Test
  void usesNoThreadThatWasNotLent() {
    assertThat(threads.ofCaller()).isNull();
    assertThat(threads.likely()).isFalse();
  }

  @Test
  void usesAThreadAsLongAsAnswersAreQuick() throws Exception {
    assertThat(uses()).isTrue();
    for (int i = 0; i < 3; i++) {
      threads.asked(1, QUICK);
      assertThat(uses()).isTrue();
      assertThat(usesAgain()).isTrue();
    }
  }

  @Test
  void triesSeldomOnceAnAnswerWasSlow() throws Exception {
    threads.asked(1, SLOW);
    assertThat(usesAgain()).isFalse();
    assertThat(uses()).isFalse();
    assertThat(uses()).isTrue();
    threads.asked(1, SLOW);
    assertThat(uses()).isFalse();
    assertThat(uses()).isFalse();
    assertThat(uses()).isTrue();
  }

  @Test
  void expectsMoreTimeForMoreKeys() throws Exception {
    threads.asked(32, 3 * QUICK);
    assertThat(usesAgain()).isTrue();
  }

  @Test
  void usesNoThreadForADatabaseThatIsOutOfOrder() throws Exception {
    threads.asked(1, QUICK);
    sound = false;
    assertThat(uses()).isFalse();
    assertThat(usesAgain()).isFalse();
  }
}
