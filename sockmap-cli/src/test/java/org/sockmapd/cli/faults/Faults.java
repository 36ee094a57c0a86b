package org.sockmapd.cli.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.GaleraCluster;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PostgresReplicaPair;

/** What can happen. */
final class Faults {
  private static final Duration DELAY = Duration.ofMillis(50);

  /** Into the middle of a row, also of a login that takes many round trips. */
  private static final int BYTES_BEFORE_CUT = 3_000;

  /** Galera gives a silent member up after five seconds. */
  private static final Duration EXPULSION = Duration.ofSeconds(8);

  /** More than the clients of a daemon that is well, and soon used up by others. */
  static final int MAX_POOLER_CLIENTS = 40;

  private static final Duration REPLACEMENT_PAUSE = Duration.ofMillis(100);

  private Faults() {}

  /** Those of the network before one host. */
  static List<Fault> ofNetwork(Host host) {
    return List.of(
        Fault.of("host refuses connections", () -> refuse(host), host::forward),
        Fault.of("host drops what is new", () -> drop(host), host::forward),
        Fault.of("host hangs", host.proxy()::hang, host::forward),
        Fault.of("host is 50 ms away", () -> host.proxy().delay(DELAY), host.proxy()::forward),
        Fault.of("replies are cut short", () -> cut(host), host.proxy()::forward),
        Fault.of("connections are reset", host.proxy()::resetAll, () -> {}));
  }

  private static void refuse(Host host) {
    host.proxy().refuse();
    host.proxy().resetAll();
  }

  private static void drop(Host host) {
    host.proxy().dropNew();
    host.proxy().resetAll();
  }

  private static void cut(Host host) {
    host.proxy().cutAfterBytes(BYTES_BEFORE_CUT);
  }

  /** Those of one server. */
  static List<Fault> ofServer(Host host) {
    return List.of(
        Fault.of("server is killed, later started", host.server()::kill, host.server()::start),
        Fault.of("server is stopped, later started", host.server()::stop, host.server()::start),
        Fault.of("server is frozen (SIGSTOP)", host.server()::pause, host.server()::resume));
  }

  /** Those that leave no host to ask. */
  static List<Fault> ofAllNetworks(List<Host> hosts) {
    return List.of(
        Fault.of("every host refuses", each(hosts, Faults::refuse), each(hosts, Host::forward)),
        Fault.of(
            "every host hangs",
            each(hosts, host -> host.proxy().hang()),
            each(hosts, Host::forward)));
  }

  static List<Fault> ofAllServers(List<Host> hosts) {
    return List.of(
        Fault.of(
            "every server is killed, later started",
            each(hosts, host -> host.server().kill()),
            each(hosts, host -> host.server().start())));
  }

  private static Fault.Step each(List<Host> hosts, Consumer<Host> action) {
    return () -> hosts.forEach(action);
  }

  /** The primary dies for good, and the standby takes its place. */
  static Fault promotion(PostgresReplicaPair pair) {
    return Fault.of(
        "primary is killed, later its standby promoted", pair.primary()::kill, pair::promote);
  }

  /** The promoted standby stops too, and both come back as what they were. */
  static Fault renewal(PostgresReplicaPair pair) {
    return Fault.of(
        "both servers are stopped, later made a pair anew", pair.standby()::stop, pair::renew);
  }

  static List<Fault> ofGalera(GaleraCluster cluster, Host first, Host second) {
    return List.of(
        Fault.of(
            "node refuses every query (1047)",
            () -> rejectQueries(first, "ALL"),
            () -> rejectQueries(first, "NONE")),
        new Fault(
            "node is frozen and expelled from its cluster",
            EXPULSION,
            first.server()::pause,
            () -> {
              first.server().resume();
              cluster.awaitSize(3);
            }),
        new Fault(
            "two nodes of three are frozen, the third has no quorum",
            EXPULSION,
            () -> {
              first.server().pause();
              second.server().pause();
            },
            () -> {
              first.server().resume();
              second.server().resume();
              cluster.awaitSize(3);
            }));
  }

  /** Those of single rows, on servers that hold them independently of each other. */
  static List<Fault> ofRows(List<DatabaseServer> servers) {
    return List.of(
        Fault.of(
            "a key raises an error",
            () -> executeOnEach(servers, "INSERT INTO raising VALUES ('" + Oracle.key(1) + "')"),
            () -> executeOnEach(servers, "DELETE FROM raising")));
  }

  private static void executeOnEach(List<DatabaseServer> servers, String sql) throws Exception {
    for (DatabaseServer server : servers) {
      server.execute(Oracle.SCHEMA, sql);
    }
  }

  static List<Fault> ofPooler(PgBouncer pooler, Host host) {
    List<Connection> others = new ArrayList<>();
    return List.of(
        Fault.of("pooler is killed, later started", pooler::kill, pooler::start),
        Fault.of("pooler is restarted", () -> restart(pooler), () -> {}),
        Fault.of("pooler is frozen (SIGSTOP)", pooler::pause, pooler::resume),
        Fault.of(
            "pooler is full",
            () -> {
              host.proxy().resetAll();
              fill(pooler, others);
            },
            () -> closeAll(others)));
  }

  private static void restart(PgBouncer pooler) {
    pooler.stop();
    pooler.start();
  }

  /** Takes every place, as far as the daemon's own clients leave any. */
  private static void fill(PgBouncer pooler, List<Connection> others) {
    try {
      while (others.size() < MAX_POOLER_CLIENTS) {
        others.add(pooler.connection(Oracle.SCHEMA));
      }
    } catch (SQLException full) {
      return; // As it should be.
    }
  }

  private static void closeAll(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  /** The first address of two swallows connections; otherwise it refuses them. */
  static Fault silentAddress(Host host) {
    AtomicReference<@Nullable SilentAddress> silent = new AtomicReference<>();
    return Fault.of(
        "first address of two is silent",
        () -> {
          silent.set(SilentAddress.open(SiteConfiguration.DEAD_ADDRESS, host.proxy().port()));
          host.proxy().resetAll();
        },
        () -> Objects.requireNonNull(silent.getAndSet(null)).close());
  }

  /** A file is replaced by its like again and again, as a script may do it. */
  static Fault replacement(Path file) {
    AtomicReference<@Nullable Replacements> running = new AtomicReference<>();
    return Fault.of(
        "file is replaced again and again",
        () -> running.set(Replacements.start(file, REPLACEMENT_PAUSE)),
        () -> Objects.requireNonNull(running.getAndSet(null)).stop());
  }

  private static void rejectQueries(Host host, String which) throws Exception {
    host.server().execute("information_schema", "SET GLOBAL wsrep_reject_queries = " + which);
  }
}
