package org.sockmapd.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form: some faults of each kind of database, one after another, under load. {@link
 * Site#suffer} fails when the daemon does not recover by itself.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsIT {
  private static final Duration SOME_TIME = Duration.ofMillis(1_200);

  private final FaultTable table = new FaultTable();

  @TempDir private Path folder;

  @Test
  void postgresReplicaAndPrimaryDieAndChangePlaces() throws Exception {
    List<FaultyDatabase> pair = FaultyDatabase.postgres();
    try (Site site = open(pair)) {
      suffer(site, pair.get(0), "host hangs");
      suffer(site, pair.get(0), "server is frozen (SIGSTOP)");
      suffer(site, pair.get(0), "replies are cut short");
      suffer(site, pair.get(0), "every server is killed, later started");
      suffer(site, pair.get(1), "primary wanted: server is killed, later started");
      suffer(site, pair.get(1), "primary wanted: primary is killed, later its standby promoted");
      suffer(site, pair.get(0), "both servers are stopped, later made a pair anew");
      endsWell(site);
    }
  }

  @Test
  void mariaDbServersDieAndTheirNetworkFails() throws Exception {
    FaultyDatabase database = FaultyDatabase.mariaDb();
    try (Site site = open(List.of(database))) {
      suffer(site, database, "host refuses connections");
      suffer(site, database, "server is killed, later started");
      suffer(site, database, "server is frozen (SIGSTOP)");
      suffer(site, database, "every host hangs");
      endsWell(site);
    }
  }

  @Test
  void mySqlServersDieAndTheirNetworkFails() throws Exception {
    FaultyDatabase database = FaultyDatabase.mySql();
    try (Site site = open(List.of(database))) {
      suffer(site, database, "host drops what is new");
      suffer(site, database, "host hangs");
      suffer(site, database, "host is 50 ms away");
      suffer(site, database, "replies are cut short");
      suffer(site, database, "server is stopped, later started");
      suffer(site, database, "every host refuses");
      endsWell(site);
    }
  }

  @Test
  void galeraNodesLoseTheirQuorum() throws Exception {
    FaultyDatabase database = FaultyDatabase.galera();
    try (Site site = open(List.of(database))) {
      suffer(site, database, "node refuses every query (1047)");
      suffer(site, database, "node is frozen and expelled from its cluster");
      endsWell(site);
    }
  }

  private Site open(List<FaultyDatabase> databases) throws Exception {
    return Site.open(folder, databases, SiteConfiguration.SHORT_TIMES, new SplittableRandom(1));
  }

  private void suffer(Site site, FaultyDatabase database, String fault) throws Exception {
    table.add(site.suffer(database, database.fault(fault), SOME_TIME));
    assertThat(site.defects()).as("wrong or lost while: %s", fault).isEmpty();
  }

  private void endsWell(Site site) throws Exception {
    assertThat(site.stop()).isEmpty();
    System.out.println(table.markdown());
  }
}
