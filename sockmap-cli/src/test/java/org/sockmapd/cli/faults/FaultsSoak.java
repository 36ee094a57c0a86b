package org.sockmapd.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form: one daemon with every kind of database, and faults by chance for as long as {@code
 * -Dsockmapd.faults.minutes} says. The same {@code -Dsockmapd.faults.seed} gives the same faults in
 * the same order. What they cost is in {@code target/faults.md}, one by one in {@code
 * target/faults.log}.
 */
class FaultsSoak {
  private static final Duration TIME =
      Duration.ofMinutes(Integer.getInteger("sockmapd.faults.minutes", 60));
  private static final long SEED = Long.getLong("sockmapd.faults.seed", 1);
  private static final int LONGEST_FAULT_MILLIS = 12_000;
  private static final int LONGEST_CALM_MILLIS = 2_000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final FaultTable table = new FaultTable();
  private final Path log = Path.of("target", "faults.log");

  @TempDir private Path folder;

  @Test
  void noWrongAnswerAndNoLostReplyWhateverBefallsTheDatabases() throws Exception {
    List<FaultyDatabase> databases = new ArrayList<>(FaultyDatabase.postgres());
    databases.add(FaultyDatabase.mariaDb());
    databases.add(FaultyDatabase.mySql());
    databases.add(FaultyDatabase.galera());
    databases.add(FaultyDatabase.pooled());
    databases.add(FaultyDatabase.twoAddresses());
    databases.add(FaultyDatabase.sqlite(folder));
    Files.deleteIfExists(log);
    try (Site site =
        Site.open(folder, databases, SiteConfiguration.DEFAULT_TIMES, random.split())) {
      tell("seed %d, %s, %s".formatted(SEED, TIME, site.figures()));
      Instant end = Instant.now().plus(TIME);
      while (Instant.now().isBefore(end)) {
        sufferSomething(site, databases);
        assertThat(site.defects()).isEmpty();
      }
      tell(site.figures().toString());
      assertThat(site.stop()).isEmpty();
    }
  }

  private void sufferSomething(Site site, List<FaultyDatabase> databases) throws Exception {
    FaultyDatabase database = databases.get(random.nextInt(databases.size()));
    List<Fault> faults = database.faults().get();
    Fault fault = faults.get(random.nextInt(faults.size()));
    Duration time = Duration.ofMillis(random.nextInt(LONGEST_FAULT_MILLIS));
    FaultReport report = site.suffer(database, fault, time);
    tell("%s: %s".formatted(database.name(), report));
    table.add(report);
    Files.writeString(Path.of("target", "faults.md"), table.markdown());
    site.rest(Duration.ofMillis(random.nextInt(LONGEST_CALM_MILLIS)));
  }

  private void tell(String what) throws IOException {
    String line = "%s %s%n".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), what);
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
