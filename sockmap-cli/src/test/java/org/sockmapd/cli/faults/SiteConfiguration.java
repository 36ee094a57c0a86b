package org.sockmapd.cli.faults;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    DatabaseServer server = database.hosts().getFirst().server();
    Map<String, Object> settings = new LinkedHashMap<>(times);
    settings.put("type", server.type());
    settings.put("host", database.hosts().stream().map(Host::address).toList());
    settings.put("username", server.username());
    settings.put("password", server.password());
    settings.put("database", Oracle.SCHEMA);
    settings.put("policy", database.policy());
    return settings;
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
