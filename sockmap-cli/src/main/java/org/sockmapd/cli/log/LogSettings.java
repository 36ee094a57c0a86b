package org.sockmapd.cli.log;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration says of the log.
 *
 * @param file the file; empty for standard error
 * @param level how much it holds
 */
public record LogSettings(Optional<Path> file, LogLevel level) {
  public LogSettings {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(level, "level");
  }
}
