package org.sockmapd.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sockmapd.lookup.sql.DatabaseSettings;

/**
 * How to reach databases: all that a configured connection says, apart from which database.
 *
 * @param defaultDatabase the database of postmaps that name none
 * @param settings gives the settings of a database by its name
 * @param files what is read anew for it
 */
record Connection(
    Optional<String> defaultDatabase,
    Function<String, DatabaseSettings> settings,
    List<NeededFile> files) {
  Connection {
    files = List.copyOf(files);
  }
}
