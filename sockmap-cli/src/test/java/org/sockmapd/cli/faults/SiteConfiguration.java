package org.sockmapd.cli.faults;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sockmapd.testing.DatabaseServer;

/** The configuration of a daemon: each database with a map by columns and a map by a query. */
final class SiteConfiguration {
  /** The times as they are when nobody says anything. */
  static final Map<String, String> DEFAULT_TIMES = Map.of();

  /** Times so short that a test need not wait. */
  static final Map<String, String> SHORT_TIMES =
      Map.of(
          "lookup_timeout", "2s",
          "connect_timeout", "500ms",
          "probe_interval", "50ms",
          "max_probe_interval", "500ms");

  /** A loopback address on which nothing listens. */
  static final String DEAD_ADDRESS = "127.0.0.77";

  private static final Set<String> TIMES_OF_A_FILE = Set.of("lookup_timeout");

  private SiteConfiguration() {}

  static String json(List<FaultyDatabase> databases, Path socket, Map<String, String> times) {
    Map<String, Object> connections = new LinkedHashMap<>();
    databases.forEach(one -> connections.put(one.name(), connection(one, times)));
    return new Gson()
        .toJson(
            Map.of(
                "sysconfig",
                Map.of("listen", List.of("inet:127.0.0.1:0", "unix:" + socket), "loglevel", "warn"),
                "databases",
                connections,
                "postmaps",
                databases.stream().flatMap(one -> maps(one.name())).toList()));
  }

  private static Map<String, Object> connection(
      FaultyDatabase database, Map<String, String> times) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (database.hosts().isEmpty()) {
      settings.putAll(times);
      settings.keySet().retainAll(TIMES_OF_A_FILE);
    } else {
      settings.putAll(servers(database.hosts()));
      settings.putAll(times);
    }
    settings.putAll(database.settings());
    return settings;
  }

  private static Map<String, Object> servers(List<Host> hosts) {
    DatabaseServer server = hosts.getFirst().server();
    return Map.of(
        "type", server.type(),
        "host", hosts.stream().map(Host::address).toList(),
        "username", server.username(),
        "password", server.password(),
        "database", Oracle.SCHEMA);
  }

  /**
   * What a daemon must be started with: a name of two addresses, of which the first refuses
   * connections unless a fault has it do worse.
   */
  static Map<String, String> environment(Path folder) throws IOException {
    String hosts =
        """
        127.0.0.1 localhost
        %s %s
        127.0.0.1 %2$s
        """
            .formatted(DEAD_ADDRESS, FaultyDatabase.TWO_ADDRESSES);
    Path file = Files.writeString(folder.resolve("hosts"), hosts);
    return Map.of("SOCKMAPD_OPTS", "-Djdk.net.hosts.file=" + file);
  }

  private static Stream<Map<String, String>> maps(String connection) {
    return Stream.of(
        Map.of(
            "service", connection + Oracle.BY_COLUMNS,
            "connection", connection,
            "table", "answers",
            "key", "k",
            "value", "v"),
        Map.of(
            "service",
            connection + Oracle.BY_QUERY,
            "connection",
            connection,
            "query",
            "SELECT v FROM members WHERE k = '%s' ORDER BY n"));
  }
}
