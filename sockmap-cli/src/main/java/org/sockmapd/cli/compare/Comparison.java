package org.sockmapd.cli.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;

/** Asks a map and a table of Postfix's own for the same keys, and tells every difference. */
public final class Comparison {
  private final Configuration configuration;
  private final String mapName;
  private final PrintWriter out;
  private final Tried tried = new Tried();

  /** What came of it. */
  public enum Outcome {
    /** The map has no such name. */
    NO_MAP,
    /** Both gave the same answers. */
    SAME,
    /** Some answers differ. */
    DIFFERENT,
    /** Some keys could not be asked. */
    FAILED
  }

  /**
   * Makes a comparison.
   *
   * @param configuration where the map is
   * @param mapName the map
   * @param out takes the differences
   */
  public Comparison(Configuration configuration, String mapName, PrintWriter out) {
    this.configuration = configuration;
    this.mapName = mapName;
    this.out = out;
  }

  /** Hears which keys were tried for the last one. */
  private static final class Tried implements LookupEvents {
    private List<String> keys = List.of();

    @Override
    public boolean explains() {
      return true;
    }

    @Override
    public void tried(String mapName, List<String> tried, @Nullable String matched) {
      keys = tried;
    }

    List<String> take(String key) {
      List<String> taken = keys.isEmpty() ? List.of(key) : keys;
      keys = List.of();
      return taken;
    }
  }

  /**
   * What one side says of a key.
   *
   * @param tried the keys that were tried, in their order
   */
  private record Answer(LookupResult result, List<String> tried) {
    @Override
    public String toString() {
      String shown =
          switch (result) {
            case LookupResult.Found(String value) -> "OK " + value;
            case LookupResult.NotFound no -> "NOTFOUND";
            case LookupResult.TemporaryFailure(String reason) -> "TEMP " + reason;
            case LookupResult.TimedOut(String reason) -> "TIMEOUT " + reason;
          };
      return shown + "\n            tried " + String.join("  ", tried);
    }
  }

  /**
   * Compares.
   *
   * @param table Postfix's table, {@code type:name}
   * @param keys the keys
   * @return what came of it
   * @throws ConfigurationException if the configuration cannot be opened
   * @throws IOException if postmap cannot be run, or could not ask the table
   */
  public Outcome run(String table, List<String> keys)
      throws ConfigurationException, IOException, InterruptedException {
    try (LookupTables tables = configuration.open(tried)) {
      Optional<LookupTable> map = tables.table(mapName);
      if (map.isEmpty()) {
        return Outcome.NO_MAP;
      }
      PostmapTable own = new PostmapTable(table, configuration.folds(mapName));
      LookupTable postfix = configuration.searchedAs(mapName, own, tables, tried);
      // The first round notes which keys Postfix would try, the second has their answers.
      keys.forEach(postfix::lookup);
      own.ask();
      return compare(keys, map.get(), postfix);
    }
  }

  private Outcome compare(List<String> keys, LookupTable map, LookupTable postfix) {
    int differing = 0;
    int failed = 0;
    for (String key : keys) {
      tried.take(key);
      Answer expected = new Answer(postfix.lookup(key), tried.take(key));
      Answer given = new Answer(map.lookup(key), tried.take(key));
      boolean definitive = expected.result().definitive() && given.result().definitive();
      if (!definitive) {
        failed++;
      }
      if (!expected.result().equals(given.result())) {
        differing += definitive ? 1 : 0;
        out.println(key);
        out.println("  Postfix:  " + expected);
        out.println("  sockmapd: " + given);
      }
    }
    out.println(
        "%d keys compared: %d answered differently, %d could not be asked"
            .formatted(keys.size(), differing, failed));
    return differing > 0 ? Outcome.DIFFERENT : failed > 0 ? Outcome.FAILED : Outcome.SAME;
  }
}
