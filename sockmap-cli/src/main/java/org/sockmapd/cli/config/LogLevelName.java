package org.sockmapd.cli.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sockmapd.cli.log.LogLevel;

/** The names of levels: our own, and those that syslog and the logs of other programs have. */
final class LogLevelName {
  private LogLevelName() {}

  /** Finds a level by a name in any case; empty when nothing has that name. */
  static Optional<LogLevel> level(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "none" -> Optional.of(LogLevel.OFF);
      case "emerg", "emergency", "alert", "crit", "critical", "fatal", "panic", "severe", "err" ->
          Optional.of(LogLevel.ERROR);
      case "warning" -> Optional.of(LogLevel.WARN);
      case "notice", "information" -> Optional.of(LogLevel.INFO);
      case "verbose" -> Optional.of(LogLevel.DEBUG);
      case "all" -> Optional.of(LogLevel.TRACE);
      default ->
          Stream.of(LogLevel.values()).filter(level -> level.toString().equals(lower)).findFirst();
    };
  }
}
