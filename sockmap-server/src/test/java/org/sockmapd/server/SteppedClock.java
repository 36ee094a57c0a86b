package org.sockmapd.server;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that the test moves on, each time waiting until the watchdog has seen it. */
final class SteppedClock implements LongSupplier {
  static final Duration LOOK_OFTEN = Duration.ofMillis(2);

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();

  @Override
  public long getAsLong() {
    if (Thread.currentThread().getName().equals("sockmapd-watchdog")) {
      looks.incrementAndGet();
    }
    return now.get();
  }

  /** Lets time pass while the watchdog looks at least every so often. */
  void pass(Duration time, Duration step) {
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      awaitLook();
      now.addAndGet(step.toNanos());
      awaitLook();
    }
  }

  /** Waits until a look has begun after now, and has ended. */
  private void awaitLook() {
    long before = looks.get();
    await().pollInterval(LOOK_OFTEN).until(() -> looks.get() >= before + 3);
  }
}
