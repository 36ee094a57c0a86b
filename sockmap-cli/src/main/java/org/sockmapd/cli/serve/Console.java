package org.sockmapd.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sockmapd.cli.log.Log;
import org.sockmapd.cli.log.LogLevel;
import org.sockmapd.protocol.Endpoint;

/**
 * What an administrator who started the daemon sees of it.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the environment variables
 * @param clock gives the lines of the log their time
 */
public record Console(
    PrintWriter out, PrintWriter err, Map<String, String> environment, Clock clock) {

  /** Begins a log on standard error. */
  Log log() {
    return new Log(new StandardErrorChannel(err), isJournal(), clock);
  }

  /** systemd names the socket behind standard error, if that is its journal's: systemd.exec(5). */
  private boolean isJournal() {
    String stream = environment.getOrDefault("JOURNAL_STREAM", "");
    Path standardError = Path.of("/proc/self/fd/2");
    try {
      return !stream.isEmpty()
          && stream.equals(
              Files.getAttribute(standardError, "unix:dev")
                  + ":"
                  + Files.getAttribute(standardError, "unix:ino"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Says that the daemon is ready, as scripts wait for it. */
  void announce(List<Endpoint> endpoints) {
    out.println(
        "sockmapd is ready on "
            + endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
    out.flush();
  }

  /** Says in the log, and to who waits if he does not see it there, that something looks wrong. */
  void warn(String warning, Log log) {
    log.warn(warning);
    if (log.isFile() || !log.records(LogLevel.WARN)) {
      err.println("sockmapd: warning: " + warning);
      err.flush();
    }
  }

  /** Ends the process at once. Not an exit, which would run code that may not work any more. */
  void halt(int status) {
    Runtime.getRuntime().halt(status);
  }
}
