package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that the running daemon opens anew, as whoever it runs as by then.
 *
 * @param path the file
 * @param without what comes of it when it cannot be read, such as {@code reloading will fail}
 */
public record NeededFile(Path path, String without) {
  static final String RELOADING = "reloading will fail";
  static final String CONNECTING = "reloading and new connections to the database will fail";
  static final String ASKING = "lookups in it will fail";

  public NeededFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(without, "without");
  }
}
