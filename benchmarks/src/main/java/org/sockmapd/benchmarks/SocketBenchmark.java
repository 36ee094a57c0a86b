package org.sockmapd.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sockmapd.server.ConnectionThreads;

/**
 * A remembered answer from socket to socket, over loopback TCP.
 *
 * <p>JMH counts what every thread of the JVM allocates. The client allocates nothing for an
 * exchange, so {@code gc.alloc.rate.norm} is what the server allocates for a request: reading,
 * decoding, the cache, the reply and writing, and with virtual threads their scheduler and poller.
 * In it are also the watchdog, which looks once a second, and JMH's own few objects an iteration:
 * under a byte a request. Not in it are a query, and a line in the log for each request, which the
 * daemon makes only where it is told to.
 *
 * <p>The time is that of both ends and of waking their threads.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SocketBenchmark {
  /** A platform thread for each connection. */
  @State(Scope.Thread)
  public static class Platform {
    final CachedServer server = CachedServer.start(ConnectionThreads.PLATFORM);

    /** Stops it. */
    @TearDown
    public void close() throws IOException {
      server.close();
    }
  }

  /** A virtual thread for each connection. */
  @State(Scope.Thread)
  public static class Virtual {
    final CachedServer server = CachedServer.start(ConnectionThreads.VIRTUAL);

    /** Stops it. */
    @TearDown
    public void close() throws IOException {
      server.close();
    }
  }

  /** One request after the other. */
  @Benchmark
  public void platform(Platform threads) throws IOException {
    threads.server.one();
  }

  /** Sixteen requests at a time. */
  @Benchmark
  @OperationsPerInvocation(CachedServer.PIPELINED)
  public void platformPipelined(Platform threads) throws IOException {
    threads.server.many();
  }

  /** One request after the other. */
  @Benchmark
  public void virtual(Virtual threads) throws IOException {
    threads.server.one();
  }

  /** Sixteen requests at a time. */
  @Benchmark
  @OperationsPerInvocation(CachedServer.PIPELINED)
  public void virtualPipelined(Virtual threads) throws IOException {
    threads.server.many();
  }
}
