package org.sockmapd.cli.postfix;

import java.util.Map;
import java.util.Optional;

/**
 * A host that a table names.
 *
 * @param host {@code name}, {@code name:port} or {@code [v6]:port}
 * @param settings what a connection URI asks for beside
 */
record HostEntry(
    String host,
    Optional<String> user,
    Optional<String> password,
    Optional<String> database,
    Map<String, Object> settings) {

  static HostEntry of(String host) {
    return new HostEntry(host, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  boolean sameAccess(HostEntry other) {
    return user.equals(other.user)
        && password.equals(other.password)
        && database.equals(other.database)
        && settings.equals(other.settings);
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return host;
  }
}
