package org.sockmapd.cli.faults;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.GaleraCluster;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PostgresReplicaPair;
import org.sockmapd.testing.PostgresServer;

/**
 * A connection of the configuration, to servers or a file that can be made to fail.
 *
 * @param name what the configuration calls it
 * @param settings those of the connection that differ from the others', such as its policy
 * @param hosts in the order of the configuration, none for a file; other connections may share the
 *     servers
 * @param usable the hosts that are to be in use while nothing is wrong, as the servers are now
 * @param faults what can happen as the servers are now, mostly to the host that is asked first
 */
record FaultyDatabase(
    String name,
    Map<String, String> settings,
    List<Host> hosts,
    Supplier<List<Host>> usable,
    Supplier<List<Fault>> faults)
    implements AutoCloseable {

  /** A name that the daemon must find in a hosts file: the second address is loopback. */
  static final String TWO_ADDRESSES = "two-addresses.test";

  static FaultyDatabase mariaDb() throws SQLException {
    return pair("mariadb", MariaDbServer.start(), MariaDbServer.start());
  }

  static FaultyDatabase mySql() throws SQLException {
    return pair("mysql", MySqlServer.start(), MySqlServer.start());
  }

  private static FaultyDatabase pair(String name, DatabaseServer first, DatabaseServer second)
      throws SQLException {
    Oracle.fill(first);
    Oracle.fill(second);
    List<Host> hosts = List.of(Host.of(first), Host.of(second));
    List<Fault> faults =
        concat(
            Faults.ofNetwork(hosts.getFirst()),
            Faults.ofServer(hosts.getFirst()),
            Faults.ofRows(List.of(first, second)),
            Faults.ofAllNetworks(hosts),
            Faults.ofAllServers(hosts));
    return new FaultyDatabase(name, policy("order"), hosts, () -> hosts, () -> faults);
  }

  /** The same two servers twice: for who wants a replica, and for who wants the primary alone. */
  static List<FaultyDatabase> postgres() throws SQLException {
    PostgresReplicaPair pair = PostgresReplicaPair.start();
    Oracle.fill(pair.primary());
    pair.awaitReplayed();
    return List.of(replica(pair), primary(pair));
  }

  private static FaultyDatabase replica(PostgresReplicaPair pair) {
    List<Host> hosts = List.of(Host.of(pair.standby()), Host.of(pair.primary()));
    Supplier<List<Host>> usable = () -> pair.isPromoted() ? hosts.subList(0, 1) : hosts;
    return new FaultyDatabase(
        "postgresql", policy("prefer_replica"), hosts, usable, () -> ofReplica(pair, hosts));
  }

  private static FaultyDatabase primary(PostgresReplicaPair pair) {
    Host standby = Host.of(pair.standby());
    Host primary = Host.of(pair.primary());
    Supplier<List<Host>> usable = () -> List.of(pair.isPromoted() ? standby : primary);
    return new FaultyDatabase(
        "primary",
        policy("primary"),
        List.of(standby, primary),
        usable,
        () -> ofPrimary(pair, primary));
  }

  private static List<Fault> ofReplica(PostgresReplicaPair pair, List<Host> hosts) {
    return pair.isPromoted()
        ? List.of(Faults.renewal(pair))
        : concat(
            Faults.ofNetwork(hosts.getFirst()),
            Faults.ofServer(hosts.getFirst()),
            Faults.ofRows(List.of(pair.primary())),
            Faults.ofAllNetworks(hosts),
            Faults.ofAllServers(hosts));
  }

  private static List<Fault> ofPrimary(PostgresReplicaPair pair, Host primary) {
    return pair.isPromoted()
        ? List.of(Faults.renewal(pair))
        : concat(
                Faults.ofNetwork(primary),
                Faults.ofServer(primary),
                List.of(Faults.promotion(pair)))
            .stream()
            .map(fault -> fault.named("primary wanted: " + fault.name()))
            .toList();
  }

  /**
   * A pooler that has fewer connections to its server than the daemon may want, and gives each away
   * for one transaction.
   */
  static FaultyDatabase pooled() throws SQLException {
    DatabaseServer server = PostgresServer.start();
    Oracle.fill(server);
    PgBouncer pooler =
        PgBouncer.start(
            server,
            PgBouncer.PoolMode.TRANSACTION,
            "default_pool_size = 3",
            "max_client_conn = " + Faults.MAX_POOLER_CLIENTS);
    Host host = Host.behind(pooler, server);
    List<Fault> faults =
        concat(
            Faults.ofNetwork(host),
            Faults.ofServer(host),
            Faults.ofPooler(pooler, host),
            Faults.ofRows(List.of(server)));
    return new FaultyDatabase("pooled", Map.of(), List.of(host), () -> List.of(host), () -> faults);
  }

  /** One server by a name with two addresses, of which the first leads nowhere. */
  static FaultyDatabase twoAddresses() throws SQLException {
    DatabaseServer server = MariaDbServer.start();
    Oracle.fill(server);
    Host host = Host.of(server).named(TWO_ADDRESSES);
    List<Fault> faults = concat(Faults.ofNetwork(host), List.of(Faults.silentAddress(host)));
    return new FaultyDatabase(
        "addresses", Map.of(), List.of(host), () -> List.of(host), () -> faults);
  }

  /** A file in WAL mode that others replace. */
  static FaultyDatabase sqlite(Path folder) throws SQLException {
    Path file = folder.resolve("mail.sqlite");
    Oracle.fill(file);
    Map<String, String> settings = Map.of("type", "sqlite", "database", file.toString());
    List<Fault> faults = List.of(Faults.replacement(file));
    return new FaultyDatabase("sqlite", settings, List.of(), List::of, () -> faults);
  }

  private static Map<String, String> policy(String policy) {
    return Map.of("policy", policy);
  }

  static FaultyDatabase galera() throws SQLException {
    GaleraCluster cluster = GaleraCluster.start();
    Oracle.fill(cluster.nodes().getFirst());
    List<Host> hosts = cluster.nodes().stream().map(Host::of).toList();
    List<Fault> faults =
        concat(
            Faults.ofNetwork(hosts.getFirst()),
            Faults.ofAllNetworks(hosts),
            Faults.ofGalera(cluster, hosts.get(0), hosts.get(1)));
    return new FaultyDatabase("galera", policy("order"), hosts, () -> hosts, () -> faults);
  }

  @SafeVarargs
  private static List<Fault> concat(List<Fault>... parts) {
    List<Fault> all = new ArrayList<>();
    for (List<Fault> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }

  /** What can happen, by its name. */
  Fault fault(String faultName) {
    return faults.get().stream()
        .filter(one -> one.name().equals(faultName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault " + faultName));
  }

  /** What befalls this one befalls another that shares its servers, and so each itself. */
  boolean sharesServersWith(FaultyDatabase other) {
    List<DatabaseServer> common = new ArrayList<>(servers());
    common.retainAll(other.servers());
    return equals(other) || !common.isEmpty();
  }

  private List<DatabaseServer> servers() {
    return hosts.stream().map(Host::server).toList();
  }

  @Override
  public void close() {
    hosts.forEach(Host::close);
  }
}
