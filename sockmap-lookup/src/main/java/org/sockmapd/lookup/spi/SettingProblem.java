package org.sockmapd.lookup.spi;

import java.util.Objects;

/**
 * Something wrong in a configuration.
 *
 * @param path where it stands, such as {@code postmaps[2].query}
 * @param message what is wrong and what was expected
 */
public record SettingProblem(String path, String message) {
  public SettingProblem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
