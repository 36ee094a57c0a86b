package org.sockmapd.cli.log;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration says of the log.
 *
 * @param file the file; empty for standard error
 * @param level how much it holds
 * @param followsLinks whether the file may be a symbolic link to one
 */
public record LogSettings(Optional<Path> file, LogLevel level, boolean followsLinks) {
  public LogSettings {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(level, "level");
  }

  /**
   * A log that may be reached by a symbolic link.
   *
   * @param file the file; empty for standard error
   * @param level how much it holds
   */
  public LogSettings(Optional<Path> file, LogLevel level) {
    this(file, level, true);
  }

  /** The same, but with a file that is no symbolic link. */
  public LogSettings withoutLinks() {
    return new LogSettings(file, level, false);
  }
}
