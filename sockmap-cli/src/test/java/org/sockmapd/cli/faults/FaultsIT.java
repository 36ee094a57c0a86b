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
      sufferARaisingKey(site, pair.get(0));
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
      sufferARaisingKey(site, database);
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
      sufferARaisingKey(site, database);
      endsWell(site);
    }
  }

  @Test
  void poolerIsFullOrRestarted() throws Exception {
    FaultyDatabase database = FaultyDatabase.pooled();
    try (Site site = open(List.of(database))) {
      suffer(site, database, "pooler is full");
      suffer(site, database, "pooler is restarted");
      suffer(site, database, "pooler is frozen (SIGSTOP)");
      sufferARaisingKey(site, database);
      endsWell(site);
    }
  }

  @Test
  void firstAddressOfTwoIsSilent() throws Exception {
    FaultyDatabase database = FaultyDatabase.twoAddresses();
    try (Site site = open(List.of(database))) {
      suffer(site, database, "first address of two is silent");
      suffer(site, database, "connections are reset");
      endsWell(site);
    }
  }

  @Test
  void fileIsReplacedUnderLoad() throws Exception {
    FaultyDatabase database = FaultyDatabase.sqlite(folder);
    try (Site site = open(List.of(database))) {
      suffer(site, database, "file is replaced again and again");
      endsWell(site);
    }
  }

  /** One key fails, and neither its host nor the hosts that would fail for it too. */
  private void sufferARaisingKey(Site site, FaultyDatabase database) throws Exception {
    long outages = site.outages();
    FaultReport report = site.suffer(database, database.fault("a key raises an error"), SOME_TIME);
    table.add(report);
    assertThat(site.defects()).isEmpty();
    assertThat(site.outages()).as("hosts out of use for a key").isEqualTo(outages);
    assertThat(report.victim().temps() + report.victim().timeouts())
        .as("requests without an answer of %s", report.victim())
        .isLessThan(report.victim().requests() / 10);
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
