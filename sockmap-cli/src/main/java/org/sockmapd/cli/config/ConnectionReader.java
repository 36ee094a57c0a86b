package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.DatabaseType;
import org.sockmapd.lookup.sql.NodeAddress;
import org.sockmapd.lookup.sql.NodePolicy;
import org.sockmapd.lookup.sql.PreparedStatements;

/** Reads {@code database}, or one member of {@code databases}. */
final class ConnectionReader {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final NodeAddress NOWHERE = new NodeAddress("localhost", 1);
  private static final List<String> FOR_SERVERS =
      List.of(
          "host",
          "port",
          "username",
          "password",
          "password_file",
          "policy",
          "prepared",
          "allow_cleartext_password",
          "connect_timeout",
          "probe_interval",
          "max_probe_interval",
          "tls",
          "tls_ca",
          "tls_cert",
          "tls_key");

  private final Settings settings;
  private final Path directory;
  private final Problems problems;
  private final String user;
  private final DatabaseType type;

  private ConnectionReader(Settings settings, Path directory, String user, Problems problems) {
    this.settings = settings;
    this.user = user;
    this.directory = directory;
    this.problems = problems;
    this.type =
        DatabaseType.of(settings.word("type", "mysql", DatabaseType.configNames()))
            .orElse(DatabaseType.MYSQL);
  }

  /**
   * Reads a connection. What is wrong is reported, and what is returned all the same serves for
   * checking the postmaps that use it.
   *
   * @param directory what relative paths are relative to
   * @param user the user whom the daemon runs as, by which a server may know it
   */
  static Connection read(Settings settings, Path directory, String user, Problems problems) {
    ConnectionReader reader = new ConnectionReader(settings, directory, user, problems);
    Connection connection = reader.type == DatabaseType.SQLITE ? reader.file() : reader.servers();
    settings.finish();
    return connection;
  }

  private Connection file() {
    for (String name : FOR_SERVERS) {
      if (settings.has(name)) {
        settings.problem(name, "is for a server; SQLite is a file");
      }
    }
    UnaryOperator<DatabaseSettings.Builder> limits = limits();
    return new Connection(
        DatabaseName.read(settings),
        path -> build(directory.resolve(path).toString(), limits),
        List.of());
  }

  private Connection servers() {
    UnaryOperator<DatabaseSettings.Builder> limits = limits();
    List<NodeAddress> hosts = hosts();
    UnaryOperator<DatabaseSettings.Builder> network = network(hosts);
    UnaryOperator<DatabaseSettings.Builder> account = account(hosts);
    return new Connection(
        DatabaseName.read(settings),
        name -> build(name, builder -> account.apply(network.apply(limits.apply(builder)))),
        files());
  }

  private List<NeededFile> files() {
    List<NeededFile> files = new ArrayList<>();
    PathSetting.read(settings, "password_file", directory)
        .ifPresent(path -> files.add(new NeededFile(path, NeededFile.RELOADING)));
    for (String name : List.of("tls_ca", "tls_cert", "tls_key")) {
      PathSetting.read(settings, name, directory)
          .ifPresent(path -> files.add(new NeededFile(path, NeededFile.CONNECTING)));
    }
    return files;
  }

  private DatabaseSettings build(String database, UnaryOperator<DatabaseSettings.Builder> rest) {
    return rest.apply(DatabaseSettings.builder(type, database)).build();
  }

  private UnaryOperator<DatabaseSettings.Builder> limits() {
    int poolSize = settings.integer("pool_size", 10, 1, 1000);
    int maxWaiting = settings.integer("max_waiting", 10_000, 0, 1_000_000);
    Duration lookup = time("lookup_timeout", Duration.ofSeconds(5), Duration.ofMillis(100));
    return builder -> builder.poolSize(poolSize).maxWaiting(maxWaiting).lookupTimeout(lookup);
  }

  private UnaryOperator<DatabaseSettings.Builder> network(List<NodeAddress> hosts) {
    NodePolicy policy = policy();
    PreparedStatements prepared = prepared();
    Duration connect = time("connect_timeout", Duration.ofSeconds(2), Duration.ofMillis(10));
    Duration probe = time("probe_interval", Duration.ofMillis(250), Duration.ofMillis(10));
    Duration byDefault =
        probe.compareTo(Duration.ofSeconds(10)) > 0 ? probe : Duration.ofSeconds(10);
    Duration longestProbe = time("max_probe_interval", byDefault, probe);
    return builder -> {
      hosts.forEach(builder::host);
      builder.nodePolicy(policy).prepared(prepared);
      return builder.connectTimeout(connect).probeInterval(probe, longestProbe);
    };
  }

  private UnaryOperator<DatabaseSettings.Builder> account(List<NodeAddress> hosts) {
    boolean local = hosts.stream().allMatch(host -> host.socket().isPresent());
    String username =
        local ? settings.text("username").orElse(user) : settings.requiredText("username");
    String password = new PasswordReader(settings, directory, problems).read();
    boolean cleartext = settings.flag("allow_cleartext_password", false);
    var tls = TlsReader.read(settings, directory);
    return builder ->
        builder.account(username, password).allowCleartextPassword(cleartext).tls(tls);
  }

  private Duration time(String name, Duration byDefault, Duration least) {
    return settings.duration(name, byDefault, least, LONGEST);
  }

  private NodePolicy policy() {
    NodePolicy policy =
        NodePolicy.of(settings.word("policy", "order", NodePolicy.configNames()))
            .orElse(NodePolicy.ORDER);
    boolean byRole = policy == NodePolicy.PRIMARY || policy == NodePolicy.PREFER_REPLICA;
    if (byRole && type != DatabaseType.POSTGRESQL) {
      settings.problem("policy", "only PostgreSQL tells a primary from a replica");
      return NodePolicy.ORDER;
    }
    return policy;
  }

  private PreparedStatements prepared() {
    return PreparedStatements.of(
            settings.word("prepared", "auto", PreparedStatements.configNames()))
        .orElse(PreparedStatements.AUTO);
  }

  private List<NodeAddress> hosts() {
    int port = settings.integer("port", type.defaultPort(), 1, 65535);
    List<NodeAddress> hosts = new ArrayList<>();
    List<String> texts = settings.texts("host");
    for (int i = 0; i < texts.size(); i++) {
      String name = texts.size() == 1 ? "host" : "host[" + i + "]";
      hosts.add(host(name, texts.get(i), port));
    }
    if (hosts.isEmpty()) {
      settings.problem("host", settings.has("host") ? "names no host" : "missing");
      hosts.add(NOWHERE);
    }
    return hosts;
  }

  // A URL is not shown: it may hold a password.
  private NodeAddress host(String name, String text, int port) {
    if (text.indexOf('@') >= 0 || text.contains("://")) {
      settings.problem(
          name, "expected name, name:port, [v6]:port or unix:/path, got a URL or an account");
      return NOWHERE;
    }
    try {
      return NodeAddress.parse(text, port);
    } catch (IllegalArgumentException e) {
      settings.problem(name, String.valueOf(e.getMessage()));
      return NOWHERE;
    }
  }
}
