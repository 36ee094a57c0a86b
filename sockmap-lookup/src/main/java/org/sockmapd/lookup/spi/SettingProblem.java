package org.sockmapd.lookup.spi;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Something wrong in a configuration.
 *
 * @param path where it stands, such as {@code postmaps[2].query}
 * @param offset which character of a text is wrong, from 0; empty when the setting as a whole is
 * @param message what is wrong and what was expected
 */
public record SettingProblem(String path, OptionalInt offset, String message) {
  public SettingProblem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(offset, "offset");
    Objects.requireNonNull(message, "message");
  }

  /**
   * Makes a problem with a setting as a whole.
   *
   * @param path where it stands
   * @param message what is wrong and what was expected
   */
  public SettingProblem(String path, String message) {
    this(path, OptionalInt.empty(), message);
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
