package org.sockmapd.lookup.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;

/** The answers that are remembered, until nobody may be given them any more. */
final class Memory {
  private final LongSupplier nanos;
  private final long startNanos;
  private final long foundNanos;
  private final long notFoundNanos;
  private final long staleNanos;
  private final int refreshAheadPercent;
  private final Cache<String, Remembered> answers;

  Memory(CacheSettings settings, LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.foundNanos = settings.foundTtl().toNanos();
    this.notFoundNanos = settings.notFoundTtl().toNanos();
    this.staleNanos = settings.staleFor().toNanos();
    this.refreshAheadPercent = settings.refreshAheadPercent();
    this.answers = answers(settings.capacity());
  }

  /** Housekeeping is done by the threads that ask, to wake no other. */
  private Cache<String, Remembered> answers(CacheCapacity capacity) {
    Caffeine<String, Remembered> cache =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .expireAfter(Expiry.writing((String key, Remembered answer) -> keptFor(answer)));
    if (capacity.maxBytes() == CacheCapacity.UNLIMITED) {
      return cache.maximumSize(capacity.maxEntries()).build();
    }
    // An entry weighs no less than its part of the memory, so that both limits hold.
    int least = (int) Math.min(Integer.MAX_VALUE, capacity.maxBytes() / capacity.maxEntries());
    return cache
        .maximumWeight(capacity.maxBytes())
        .weigher((String key, Remembered answer) -> Math.max(least, EntrySize.of(key, answer)))
        .build();
  }

  /** Tells the time since the memory was made, in nanoseconds. */
  long now() {
    return nanos.getAsLong() - startNanos;
  }

  /** Null rather than an empty optional: nothing is allocated for an answer from memory. */
  @Nullable Remembered get(String key) {
    return answers.getIfPresent(key);
  }

  void put(String key, LookupResult result, long asked) {
    long lifetime = result instanceof LookupResult.Found ? foundNanos : notFoundNanos;
    if (lifetime > 0) {
      answers.put(key, new Remembered(result, asked, lifetime, refreshAheadPercent));
    } else {
      answers.invalidate(key);
    }
  }

  boolean isFresh(Remembered answer, long now) {
    return now < answer.freshUntil();
  }

  boolean mayBeStale(Remembered answer, long now) {
    return now < answer.freshUntil() + staleNanos;
  }

  Set<String> keys() {
    return answers.asMap().keySet();
  }

  void forget(String key) {
    answers.invalidate(key);
  }

  void forgetAll() {
    answers.invalidateAll();
  }

  long size() {
    return answers.estimatedSize();
  }

  private Duration keptFor(Remembered answer) {
    return Duration.ofNanos(Math.max(0, answer.freshUntil() + staleNanos - now()));
  }
}
