package org.sockmapd.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three MariaDB nodes that replicate by Galera on loopback. While two of them are paused (or
 * killed) the third has lost its quorum, some five seconds later, and answers every query with
 * error 1047; when they are resumed the cluster is whole again. A node that was stopped or killed
 * cannot come back, as there are no programs here for a state transfer.
 *
 * <p>It needs Galera's library of the machine; where that is missing the calling test is skipped
 * (see {@link Prerequisite}).
 */
public final class GaleraCluster implements AutoCloseable {

  private static final int NODES = 3;
  private static final Path LIBRARY = Path.of("/usr/lib/galera/libgalera_smm.so");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  // Every node sets up its own users; a replicated statement would move the cluster on before all
  // have joined.
  private static final String ACCESS = "set wsrep_on=off;\n" + MySqlFamily.ACCESS;

  private static final String CLUSTER_SIZE =
      "select variable_value from global_status where variable_name = 'wsrep_cluster_size'";

  private final List<DatabaseServer> nodes;

  private GaleraCluster(List<DatabaseServer> nodes) {
    this.nodes = nodes;
  }

  /** Starts three nodes; returns once they are one cluster. */
  public static GaleraCluster start() {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "Galera is tested with the embedded MariaDB only");
    Prerequisite.require(
        Files.exists(LIBRARY), "these tests need Galera's library (Debian's package galera-4)");
    List<DatabaseServer> nodes = new ArrayList<>();
    GaleraCluster cluster = new GaleraCluster(nodes);
    UUID state = UUID.randomUUID();
    List<Integer> ports = IntStream.range(0, NODES).mapToObj(node -> FreePort.choose()).toList();
    for (int node = 0; node < NODES; node++) {
      nodes.add(new DatabaseServer(DatabaseKind.MARIADB, unit(node, ports, state)));
      nodes.getLast().start();
      cluster.awaitSize(node + 1);
    }
    return cluster;
  }

  /** The three. */
  public List<DatabaseServer> nodes() {
    return List.copyOf(nodes);
  }

  /** Waits until that many nodes are one cluster, as every node sees it. */
  public void awaitSize(int size) {
    for (DatabaseServer node : nodes) {
      Polling.until(
          () -> clusterSize(node).equals("" + size),
          () -> true,
          PATIENCE,
          () -> "no cluster of " + size + " after " + PATIENCE + ":\n" + node.log());
    }
  }

  @Override
  public void close() {
    nodes.forEach(DatabaseServer::close);
  }

  private static String clusterSize(DatabaseServer node) {
    try {
      return node.single("information_schema", CLUSTER_SIZE);
    } catch (SQLException notReady) {
      return "none";
    }
  }

  // A node that joins with the position that the cluster has then needs nothing from the others, so
  // no state transfer
  // either. Each node that joins moves the position on by one.
  private static EmbeddedUnit unit(int node, List<Integer> ports, UUID cluster) {
    String position =
        """
        # GALERA saved state
        version: 2.1
        uuid:    %s
        seqno:   %d
        safe_to_bootstrap: 1
        """
            .formatted(cluster, node);
    return MariaDbServer.embedded(ACCESS, Map.of("grastate.dat", position), settings(node, ports));
  }

  private static List<String> settings(int node, List<Integer> ports) {
    List<String> settings = new ArrayList<>(MariaDbServer.WITHOUT_TLS);
    settings.addAll(
        List.of(
            "--wsrep-on=ON",
            "--wsrep-provider=" + LIBRARY,
            "--wsrep-node-address=127.0.0.1:" + ports.get(node),
            "--wsrep-provider-options=" + providerOptions(ports.get(node)),
            "--wsrep-cluster-address=gcomm://" + members(ports),
            "--binlog-format=ROW",
            "--innodb-autoinc-lock-mode=2"));
    if (node == 0) {
      settings.add("--wsrep-new-cluster");
    }
    return settings;
  }

  private static String members(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  private static String providerOptions(int port) {
    return "gmcast.listen_addr=tcp://127.0.0.1:%d;base_port=%d;ist.recv_addr=127.0.0.1:%d;gcache.size=16M;pc.recovery=false"
        .formatted(port, port, FreePort.choose());
  }
}
