package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NodeWatchTest {
  private static final int FAILING = 3;

  @Test
  void looksOnAfterALookThatFailedAndReportsTheFirstOfSeveral() throws Exception {
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch further = new CountDownLatch(FAILING + 2);
    Runnable look =
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.add(e));
          further.countDown();
          int number = looks.getAndIncrement();
          if (number < FAILING) {
            throw new IllegalStateException("look " + number);
          }
        };
    DatabaseSettings settings =
        DatabaseSettings.builder(DatabaseType.POSTGRESQL, "mail")
            .host("127.0.0.1")
            .account("user", "secret")
            .lookupTimeout(Duration.ofMillis(200))
            .build();

    NodeWatch watch = NodeWatch.start(look, settings);
    try {
      further.await();
    } finally {
      watch.close();
    }

    assertThat(reported).singleElement().hasToString("java.lang.IllegalStateException: look 0");
  }
}
