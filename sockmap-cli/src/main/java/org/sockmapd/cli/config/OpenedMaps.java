package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.List;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.DatabaseType;

/**
 * What became of {@code postmaps}.
 *
 * @param tables the tables, to be closed by whoever has them
 * @param postmaps what they are
 * @param databases the databases that they ask, each once
 */
record OpenedMaps(LookupTables tables, List<Postmap> postmaps, List<DatabaseSettings> databases) {
  /** What is opened when a table is asked for the first time. */
  List<NeededFile> files() {
    return databases.stream()
        .filter(database -> database.type() == DatabaseType.SQLITE)
        .map(database -> new NeededFile(Path.of(database.database()), NeededFile.ASKING))
        .toList();
  }
}
