package org.sockmapd.lookup.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the nodes that are up is asked first. */
public enum NodePolicy {
  /** The first in the order of the configuration. */
  ORDER,
  /** Any, by chance. */
  RANDOM,
  /** PostgreSQL: only the node that is not in recovery; the others count as down. */
  PRIMARY,
  /** PostgreSQL: a node that is in recovery, else the primary. */
  PREFER_REPLICA;

  /**
   * Names the policy as a configuration does.
   *
   * @return the name, in lower case
   */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a policy.
   *
   * @param configName its name in a configuration
   * @return the policy, or empty when there is none of that name
   */
  public static Optional<NodePolicy> of(String configName) {
    return Arrays.stream(values()).filter(each -> each.configName().equals(configName)).findFirst();
  }

  /**
   * Lists the names.
   *
   * @return what a configuration may say
   */
  public static List<String> configNames() {
    return Arrays.stream(values()).map(NodePolicy::configName).toList();
  }

  /** Tells whether the role of a node matters, which only PostgreSQL tells. */
  boolean needsRole() {
    return this == PRIMARY || this == PREFER_REPLICA;
  }
}
