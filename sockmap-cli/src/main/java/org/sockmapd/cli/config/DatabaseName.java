package org.sockmapd.cli.config;

import java.util.Optional;
import org.sockmapd.lookup.spi.Settings;

/** Reads which database of a connection is meant: the name of a schema, or the path of a file. */
final class DatabaseName {
  private DatabaseName() {}

  static Optional<String> read(Settings settings) {
    Optional<String> name = settings.text("database");
    if (name.isPresent() && (name.get().isBlank() || hasControl(name.get()))) {
      settings.problem("database", "is no name of a database");
      return Optional.empty();
    }
    return name;
  }

  private static boolean hasControl(String name) {
    return name.chars().anyMatch(Character::isISOControl);
  }
}
