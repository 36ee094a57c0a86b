package org.sockmapd.cli.config;

import java.util.List;

/**
 * What was found on databases that answer as they should.
 *
 * @param warnings what works but should be looked at
 * @param connected how the connection to each server is protected, a line each
 */
public record DatabaseFindings(List<Problem> warnings, List<String> connected) {
  /** Keeps copies. */
  public DatabaseFindings {
    warnings = List.copyOf(warnings);
    connected = List.copyOf(connected);
  }
}
