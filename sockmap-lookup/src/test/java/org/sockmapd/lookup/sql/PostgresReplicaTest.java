package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresReplicaPair;

class PostgresReplicaTest {
  private static final String SCHEMA = "replicated";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Found PRIMARY = new Found("f");
  private static final Found STANDBY = new Found("t");

  @Test
  void asksTheNodeOfTheWantedRoleThroughDeathAndPromotion() throws Exception {
    try (PostgresReplicaPair pair = PostgresReplicaPair.start()) {
      pair.primary().createDatabase(SCHEMA);
      pair.awaitReplayed();
      try (Database primary = open(pair, NodePolicy.PRIMARY);
          Database replica = open(pair, NodePolicy.PREFER_REPLICA)) {
        assertThat(role(primary).lookup("x")).isEqualTo(PRIMARY);
        assertThat(role(replica).lookup("x")).isEqualTo(STANDBY);
        pair.primary().kill();
        assertThat(role(primary).lookup("x")).isInstanceOf(TemporaryFailure.class);
        assertThat(role(replica).lookup("x")).isEqualTo(STANDBY);
        pair.promote();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(role(primary).lookup("x")).isEqualTo(PRIMARY));
        assertThat(role(replica).lookup("x")).isEqualTo(PRIMARY);
      }
    }
  }

  /** The node that is not wanted comes first, so that the order does not do what the role is to. */
  private static Database open(PostgresReplicaPair pair, NodePolicy policy) {
    boolean primaryWanted = policy == NodePolicy.PRIMARY;
    DatabaseServer unwanted = primaryWanted ? pair.standby() : pair.primary();
    DatabaseServer wanted = primaryWanted ? pair.primary() : pair.standby();
    DatabaseSettings settings =
        ServerDatabase.settings(unwanted, SCHEMA)
            .host(wanted.host() + ":" + wanted.port())
            .nodePolicy(policy)
            .probeInterval(Duration.ofMillis(50), Duration.ofMillis(200))
            .build();
    return Database.open(settings, new RecordedEvents());
  }

  /** A table that answers whether the node asked is in recovery. */
  private static LookupTable role(Database database) throws Exception {
    QueryTemplate query =
        QueryTemplate.parse("SELECT pg_is_in_recovery() WHERE '%s' <> ''", SqlQuoting.POSTGRESQL);
    return SqlTable.builder("role", database).query(query).build();
  }
}
