package org.sockmapd.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;

/**
 * Requests read and replies written as a connection does, one at a time. A short request costs the
 * request and its key (an object, a string and the string's bytes), a short reply nothing. Beyond
 * one kibibyte the buffers grow for each message and are given back after it, so that an idle
 * connection holds no more: that is in the bytes of the long ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  static final String KEY = "alice@example.com";
  private static final String LONG = "a".repeat(99_000);

  private final SocketmapRequestReader shortRequests = requests(KEY);
  private final SocketmapRequestReader longRequests = requests(LONG);
  private final SocketmapReply shortReply = new SocketmapReply.Ok("alice@mail.example.com");
  private final SocketmapReply longReply = new SocketmapReply.Ok(LONG);
  private final NetstringWriter writer = new NetstringWriter(OutputStream.nullOutputStream());

  private static SocketmapRequestReader requests(String key) {
    return new SocketmapRequestReader(
        new RepeatedInput(Wire.bytes(SocketmapRequest.of("aliases", key), 1)),
        new SocketmapLimits(100_000, 100_000));
  }

  /** A request with a key of 17 bytes. */
  @Benchmark
  public @Nullable SocketmapRequest decodeShort() throws IOException {
    return shortRequests.read();
  }

  /** A request with a key of 99,000 bytes; Postfix sends at most 10,000. */
  @Benchmark
  public @Nullable SocketmapRequest decodeLong() throws IOException {
    return longRequests.read();
  }

  /** A reply with a value of 22 bytes. */
  @Benchmark
  public void encodeShort() throws IOException {
    encode(shortReply);
  }

  /** A reply with a value of 99,000 bytes; Postfix takes 100,000 in all. */
  @Benchmark
  public void encodeLong() throws IOException {
    encode(longReply);
  }

  private void encode(SocketmapReply reply) throws IOException {
    writer.write(reply);
    writer.flush();
  }
}
