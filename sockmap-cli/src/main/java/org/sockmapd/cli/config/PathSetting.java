package org.sockmapd.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.sockmapd.lookup.spi.Settings;

/** Reads the path of a file. */
final class PathSetting {
  private PathSetting() {}

  /**
   * Reads a path.
   *
   * @param directory what a relative path is relative to
   */
  static Optional<Path> read(Settings settings, String name, Path directory) {
    return settings.text(name).flatMap(text -> resolve(settings, name, directory, text));
  }

  /** Reads a path that was read as text before. */
  static Optional<Path> resolve(Settings settings, String name, Path directory, String text) {
    try {
      return Optional.of(directory.resolve(text));
    } catch (InvalidPathException e) {
      settings.problem(name, "is no path: " + e.getReason());
      return Optional.empty();
    }
  }
}
