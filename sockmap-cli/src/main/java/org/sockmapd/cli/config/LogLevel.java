package org.sockmapd.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much is logged, from least to most. */
public enum LogLevel {
  /** What needs somebody's hand. */
  ERROR,
  /** What may need somebody's hand: a database host that is down, an unknown map. */
  WARN,
  /** Each lookup, and the comings and goings of the daemon. */
  INFO,
  /** Each connection. */
  DEBUG,
  /** All there is. */
  TRACE;

  /**
   * Names the level as a configuration does.
   *
   * @return the name, in lower case
   */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<LogLevel> of(String configName) {
    return Arrays.stream(values())
        .filter(level -> level.name().equalsIgnoreCase(configName))
        .findFirst();
  }

  static List<String> configNames() {
    return Arrays.stream(values()).map(LogLevel::configName).toList();
  }
}
