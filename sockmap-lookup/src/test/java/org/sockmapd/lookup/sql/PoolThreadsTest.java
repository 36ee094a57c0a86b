package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolThreadsTest {
  private final PoolThreads threads = new PoolThreads("pool");

  @Test
  void wakesAThreadThatSleeps() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean woken = new AtomicBoolean();
    Thread sleeper =
        threads.newThread(
            () -> {
              begun.countDown();
              woken.set(sleepIsInterrupted());
            });
    sleeper.start();
    begun.await();

    threads.wake();

    sleeper.join();
    assertThat(woken).isTrue();
    assertThat(sleeper.isDaemon()).isTrue();
    assertThat(sleeper.getName()).isEqualTo("pool");
  }

  private static boolean sleepIsInterrupted() {
    try {
      Thread.sleep(60_000);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
