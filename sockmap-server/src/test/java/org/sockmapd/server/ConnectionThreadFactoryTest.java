package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionThreadFactoryTest {
  @Test
  void makesOneKindAlone() {
    assertThat(new ConnectionThreadFactory(ConnectionThreads.PLATFORM).newThread(() -> {}))
        .matches(thread -> !thread.isVirtual() && thread.isDaemon());
    assertThat(new ConnectionThreadFactory(ConnectionThreads.VIRTUAL).newThread(() -> {}))
        .matches(Thread::isVirtual);
  }

  @Test
  void makesVirtualThreadsOnceThereAreSomePlatformThreadsUntilTheyEnd() throws Exception {
    ConnectionThreadFactory factory = new ConnectionThreadFactory(ConnectionThreads.MIXED);
    CountDownLatch running = new CountDownLatch(ConnectionThreads.FEW);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> few = new ArrayList<>();
    for (int i = 0; i < ConnectionThreads.FEW; i++) {
      few.add(factory.newThread(() -> runUntil(running, end)));
    }
    few.forEach(Thread::start);
    running.await();
    assertThat(few).noneMatch(Thread::isVirtual);
    assertThat(factory.newThread(() -> {}).isVirtual()).isTrue();

    end.countDown();
    for (Thread thread : few) {
      thread.join();
    }

    assertThat(factory.newThread(() -> {}).isVirtual()).isFalse();
  }

  private static void runUntil(CountDownLatch running, CountDownLatch end) {
    running.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
