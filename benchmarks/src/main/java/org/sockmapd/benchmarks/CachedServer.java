package org.sockmapd.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.server.ConnectionThreads;
import org.sockmapd.server.SocketmapServer;

/** A server on loopback TCP that remembers every answer, and two clients of it. */
final class CachedServer implements AutoCloseable {
  /** How many requests are on their way when they are pipelined. */
  static final int PIPELINED = 16;

  private final SocketmapServer server;
  private final Exchange single;
  private final Exchange pipelined;

  private CachedServer(ConnectionThreads threads) throws IOException {
    server =
        SocketmapServer.builder()
            .tables(LookupTables.builder().add("aliases", CacheBenchmark.table()).build())
            .listen(Endpoint.parse("inet:127.0.0.1:0"))
            .threads(threads)
            .build();
    server.start();
    single = exchange(1);
    pipelined = exchange(PIPELINED);
  }

  /** JMH makes states by constructors that throw nothing checked. */
  static CachedServer start(ConnectionThreads threads) {
    try {
      return new CachedServer(threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Exchange exchange(int requests) throws IOException {
    return new Exchange(
        (Endpoint.Inet) server.endpoints().getFirst(),
        SocketmapRequest.of("aliases", CodecBenchmark.KEY),
        new SocketmapReply.Ok(CodecBenchmark.KEY),
        requests);
  }

  /** One request, and its reply. */
  void one() throws IOException {
    single.run();
  }

  /** {@value #PIPELINED} requests in one write, and their replies. */
  void many() throws IOException {
    pipelined.run();
  }

  @Override
  public void close() throws IOException {
    single.close();
    pipelined.close();
    server.close();
  }
}
