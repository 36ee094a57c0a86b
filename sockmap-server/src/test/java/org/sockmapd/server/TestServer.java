package org.sockmapd.server;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;

/** Servers on ports of the system's choice, and tables to answer from. */
final class TestServer {
  static final Endpoint ANY_PORT = Endpoint.parse("inet:127.0.0.1:0");

  /** Whether the tests are run once more, on event loops. */
  static final boolean LOOPS = Boolean.getBoolean("sockmapd.test.loops");

  private TestServer() {}

  static SocketmapServer start(String mapName, LookupTable table) throws IOException {
    return start(builder(mapName, table));
  }

  static SocketmapServer.Builder builder(String mapName, LookupTable table) {
    return SocketmapServer.builder().tables(tables(mapName, table)).listen(ANY_PORT);
  }

  static SocketmapServer start(SocketmapServer.Builder builder) throws IOException {
    if (LOOPS) {
      builder.loopsAtOnce();
    }
    SocketmapServer server = builder.build();
    server.start();
    return server;
  }

  static LookupTables tables(String mapName, LookupTable table) {
    return LookupTables.builder().add(mapName, table).build();
  }

  static LookupTable fixed(Map<String, String> entries) {
    return key -> {
      String value = entries.get(key);
      return value == null ? new LookupResult.NotFound() : new LookupResult.Found(value);
    };
  }

  static LookupTable upperCase() {
    return key -> new LookupResult.Found(key.toUpperCase(Locale.ROOT));
  }

  static WireClient connect(SocketmapServer server) throws IOException {
    return WireClient.connect(server.endpoints().getFirst());
  }
}
