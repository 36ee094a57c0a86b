package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GaleraClusterTest {

  private static final int NO_QUORUM = 1047;

  @Test
  void refusesQueriesWithoutItsQuorumAndAnswersThemAgain() throws SQLException {
    try (GaleraCluster cluster = GaleraCluster.start()) {
      DatabaseServer first = cluster.nodes().get(0);
      DatabaseServer last = cluster.nodes().get(2);
      first.createDatabase("mail");
      first.execute("mail", "create table t (v int primary key)", "insert into t values (7)");
      await().atMost(Duration.ofSeconds(10)).until(() -> errorOf(last) == 0);
      assertThat(last.single("mail", "select v from t")).isEqualTo("7");

      first.pause();
      cluster.nodes().get(1).pause();
      await().atMost(Duration.ofMinutes(1)).until(() -> errorOf(last) == NO_QUORUM);

      first.resume();
      cluster.nodes().get(1).resume();
      await().atMost(Duration.ofMinutes(1)).until(() -> errorOf(last) == 0);
    }
  }

  private static int errorOf(DatabaseServer server) {
    try {
      server.single("mail", "select v from t");
      return 0;
    } catch (SQLException e) {
      return e.getErrorCode();
    }
  }
}
