package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.GaleraCluster;

/** A node that has lost its cluster answers every query with an error: it counts as down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GaleraTest {
  private static final String SCHEMA = "galera";
  private static final Found ONE = new Found("1");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NO_QUORUM = 1047;

  private final GaleraCluster cluster = GaleraCluster.start();
  private final RecordedEvents events = new RecordedEvents();

  GaleraTest() throws SQLException {
    Rows.create(node(0), SCHEMA);
    await().atMost(PATIENCE).until(() -> holdsTheRows(node(2)));
  }

  private static boolean holdsTheRows(DatabaseServer server) {
    try {
      return server.single(SCHEMA, "SELECT COUNT(*) FROM m").equals("2");
    } catch (SQLException notYet) {
      return false;
    }
  }

  @AfterEach
  void forget() {
    events.lines.clear();
    events.causes.clear();
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void passesOverANodeThatRefusesEveryQuery() throws SQLException {
    rejectQueries("ALL");
    try (Database database = open(node(0), node(1))) {
      LookupTable table = Rows.table(database, events);
      for (int i = 0; i < 50; i++) {
        assertThat(table.lookup("a")).isEqualTo(ONE);
      }
    } finally {
      rejectQueries("NONE");
    }
    assertThat(events.of("down")).contains("down " + address(node(0)));
    assertThat(events.of("down")).doesNotContain("down " + address(node(1)));
    assertThat(events.of("failing")).isEmpty();
  }

  @Test
  void doesNotAskANodeWithoutQuorumUntilItsClusterIsWholeAgain() {
    try (Database database = open(node(2))) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      node(0).pause();
      node(1).pause();
      await().atMost(PATIENCE).until(() -> !table.lookup("a").equals(ONE));
      assertThat(((SQLException) events.causes.getFirst()).getErrorCode()).isEqualTo(NO_QUORUM);
      for (int i = 0; i < 20; i++) {
        assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      }
      node(0).resume();
      node(1).resume();
      await().atMost(PATIENCE).until(() -> table.lookup("a").equals(ONE));
    }
    assertThat(events.of("down")).containsExactly("down " + address(node(2)));
    assertThat(events.of("up")).containsExactly("up " + address(node(2)));
    cluster.awaitSize(3);
  }

  private DatabaseServer node(int index) {
    return cluster.nodes().get(index);
  }

  private static String address(DatabaseServer server) {
    return server.host() + ":" + server.port();
  }

  private void rejectQueries(String which) throws SQLException {
    node(0).execute("information_schema", "SET GLOBAL wsrep_reject_queries = " + which);
  }

  private Database open(DatabaseServer... nodes) {
    DatabaseSettings.Builder settings = ServerDatabase.account(nodes[0], SCHEMA);
    List.of(nodes).forEach(node -> settings.host(address(node)));
    settings.probeInterval(Duration.ofMillis(50), Duration.ofMillis(500));
    return Database.open(settings.build(), events);
  }
}
