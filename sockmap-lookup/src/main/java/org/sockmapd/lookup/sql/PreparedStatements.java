package org.sockmapd.lookup.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When the server keeps statements prepared for a connection. */
public enum PreparedStatements {
  /** On connections whose session is certainly their own. */
  AUTO,
  /** Never: each statement is parsed when it is asked. */
  NEVER,
  /** Always: the administrator knows that a pooler in between keeps statements apart. */
  ALWAYS;

  /**
   * Names the choice as a configuration does.
   *
   * @return the name, in lower case
   */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a choice.
   *
   * @param configName its name in a configuration
   * @return the choice, or empty when there is none of that name
   */
  public static Optional<PreparedStatements> of(String configName) {
    return Arrays.stream(values())
        .filter(choice -> choice.configName().equals(configName))
        .findFirst();
  }

  /**
   * Lists the names.
   *
   * @return what a configuration may say
   */
  public static List<String> configNames() {
    return Arrays.stream(values()).map(PreparedStatements::configName).toList();
  }
}
