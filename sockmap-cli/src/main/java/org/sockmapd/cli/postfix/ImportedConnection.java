package org.sockmapd.cli.postfix;

import java.util.Map;

/**
 * How databases are reached. Tables with the same share one.
 *
 * @param settings the settings of the connection, without its password
 * @param password the password; empty for none
 */
record ImportedConnection(TableType type, Map<String, Object> settings, String password) {
  /** The type of the database, as a configuration names it. */
  String kind() {
    return String.valueOf(settings.get("type"));
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return type + " " + settings;
  }
}
