package org.sockmapd.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.server.ConnectionThreads;

/** Holds what a request may allocate. Nothing here depends on time. */
class AllocationTest {
  private static final int REQUESTS = 20_000;
  private static final int LIMIT = 400;

  /** A request, its key and the bytes of the key: 24, 24 and 40 bytes. */
  private static final int REQUEST_OBJECTS = 88;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One or more requests. */
  private interface Step {
    void run() throws Exception;
  }

  @Test
  void decodesWithNothingBeyondTheRequest() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();

    assertThat(bytesOf(ThreadMXBean::getCurrentThreadAllocatedBytes, codec::decodeShort, 1))
        .isLessThan(REQUEST_OBJECTS + 1);
  }

  @Test
  void encodesAReplyWithNothing() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();

    assertThat(bytesOf(ThreadMXBean::getCurrentThreadAllocatedBytes, codec::encodeShort, 1))
        .isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void answersFromSocketToSocketWithinTheLimit(ConnectionThreads kind) throws Exception {
    try (CachedServer server = CachedServer.start(kind)) {
      assertThat(bytesOf(ThreadMXBean::getTotalThreadAllocatedBytes, server::one, 1))
          .isLessThan(LIMIT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersPipelinedRequestsWithinTheLimit(ConnectionThreads kind) throws Exception {
    try (CachedServer server = CachedServer.start(kind)) {
      int requests = CachedServer.PIPELINED;
      assertThat(bytesOf(ThreadMXBean::getTotalThreadAllocatedBytes, server::many, requests))
          .isLessThan(LIMIT);
    }
  }

  /** Bytes for each request, by a counter that only grows. */
  private double bytesOf(ToLongFunction<ThreadMXBean> allocated, Step step, int requests)
      throws Exception {
    repeat(step, requests);
    long before = allocated.applyAsLong(threads);
    repeat(step, requests);
    return (allocated.applyAsLong(threads) - before) / (double) REQUESTS;
  }

  private static void repeat(Step step, int requests) throws Exception {
    for (int done = 0; done < REQUESTS; done += requests) {
      step.run();
    }
  }
}
