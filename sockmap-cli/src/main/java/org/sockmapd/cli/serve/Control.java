package org.sockmapd.cli.serve;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.log.Log;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.server.ConnectionThreads;
import org.sockmapd.server.ListenerSettings;
import org.sockmapd.server.SocketmapServer;

/**
 * Takes orders to the running daemon on a UNIX socket of its own, which only the user who started
 * the daemon can reach. Orders are socketmap requests too: the map name is the order.
 */
public final class Control implements AutoCloseable {
  /** The order of {@link CacheFlush}. */
  public static final String CACHE_FLUSH = "cache-flush";

  private static final int OWNER_ONLY = 0600;

  private final @Nullable SocketmapServer server;

  private Control(@Nullable SocketmapServer server) {
    this.server = server;
  }

  /** Prepares the socket, or does nothing where none is configured. */
  static Control of(Optional<Path> socket, Supplier<LookupTables> tables, Log log) {
    return new Control(socket.map(path -> server(path, tables, log)).orElse(null));
  }

  private static SocketmapServer server(Path socket, Supplier<LookupTables> tables, Log log) {
    ListenerSettings owner =
        new ListenerSettings.Unix(
            new Endpoint.Unix(socket), OWNER_ONLY, Optional.empty(), Optional.empty(), Set.of());
    LookupTables orders =
        LookupTables.builder().add(CACHE_FLUSH, new CacheFlush(tables, log)).build();
    return SocketmapServer.builder()
        .tables(orders)
        .listen(owner)
        .threads(ConnectionThreads.PLATFORM)
        .build();
  }

  void bind() throws BindException {
    if (server != null) {
      server.bind();
    }
  }

  void start() throws BindException {
    if (server != null) {
      server.start();
    }
  }

  /** Takes no further orders; carries out those that were read. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(Duration.ofSeconds(1));
    }
  }
}
