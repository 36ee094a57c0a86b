package org.sockmapd.cli.log;

import java.util.Locale;

/** How much a log holds, and how grave a line of it is. */
public enum LogLevel {
  /** Nothing at all. */
  OFF('0'),
  /** Something does not work. */
  ERROR('3'),
  /** Something works, but somebody should look. */
  WARN('4'),
  /** What an administrator asks for later: lookups, starts, stops. */
  INFO('6'),
  /** What is of interest while something is sought. */
  DEBUG('7'),
  /** Everything. */
  TRACE('7');

  private final char priority;

  LogLevel(char priority) {
    this.priority = priority;
  }

  /**
   * Tells whether a log of this level has a line.
   *
   * @param line the level of the line
   * @return true when the line is at least as grave
   */
  public boolean includes(LogLevel line) {
    return line.compareTo(this) <= 0;
  }

  /** The priority of syslog(3), which the journal reads from the beginning of a line. */
  char priority() {
    return priority;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
