package org.sockmapd.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.cache.CachedTable;

/** An answer that is remembered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {
  private final String key = CodecBenchmark.KEY;
  private final CachedTable table = table();

  /** Remembers the answer. */
  public CacheBenchmark() {
    table.lookup(key);
  }

  /** A table that answers each key with itself and asks for none twice in a day. */
  static CachedTable table() {
    CacheSettings settings =
        new CacheSettings(
            Duration.ofDays(1),
            Duration.ofDays(1),
            CacheSettings.DEFAULTS.capacity(),
            0,
            Duration.ZERO);
    return new CachedTable(
        "aliases", LookupResult.Found::new, settings, LookupEvents.NONE, System::nanoTime);
  }

  /** A hit. */
  @Benchmark
  public LookupResult hit() {
    return table.lookup(key);
  }

  /** Ends the cache's threads. */
  @TearDown
  public void close() {
    table.close();
  }
}
