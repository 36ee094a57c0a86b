package org.sockmapd.lookup.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands until it is moved. Begins shortly before the number overflows. */
final class ManualClock implements LongSupplier {
  private final AtomicLong nanos =
      new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
