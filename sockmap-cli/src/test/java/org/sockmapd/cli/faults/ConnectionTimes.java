package org.sockmapd.cli.faults;

import java.util.Map;

/** The times of the connections to databases, as the configuration gives them. */
enum ConnectionTimes {
  /** As they are when nobody says anything. */
  DEFAULT(Map.of()),
  /** So that a test need not wait. */
  SHORT(
      Map.of(
          "lookup_timeout", "2s",
          "connect_timeout", "500ms",
          "probe_interval", "50ms",
          "max_probe_interval", "500ms"));

  final Map<String, String> settings;

  ConnectionTimes(Map<String, String> settings) {
    this.settings = settings;
  }
}
