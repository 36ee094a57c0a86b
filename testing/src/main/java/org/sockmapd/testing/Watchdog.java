package org.sockmapd.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Ends a server and removes its files when this JVM ends, however it ends: a small shell process
 * waits for the pipe from here to close, which also happens on {@code kill -9}, where no shutdown
 * hook runs.
 */
final class Watchdog {

  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      pid=$1 signal=$2 directory=$3
      runs() { read -r _ _ state _ < "/proc/$pid/stat" && [[ $state != Z ]]; }
      read -r dismissed && exit
      kill -CONT "$pid" $(pgrep -P "$pid")
      kill -"$signal" "$pid"
      for ((i = 0; i < 100; i++)); do runs || break; sleep 0.1; done
      kill -KILL $(pgrep -P "$pid") "$pid"
      rm -rf "$directory"
      """;

  private final OutputStream pipe;

  private Watchdog(OutputStream pipe) {
    this.pipe = pipe;
  }

  /**
   * Watches over a process.
   *
   * @param signal what makes it stop in order, as {@code kill} names it
   * @param directory removed once the process has ended
   */
  static Watchdog over(ProcessHandle process, String signal, Path directory) throws IOException {
    Process shell =
        new ProcessBuilder(
                "bash", "-c", SCRIPT, "watchdog", "" + process.pid(), signal, directory.toString())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    return new Watchdog(shell.getOutputStream());
  }

  /** Sends it away: the process has ended. */
  void dismiss() throws IOException {
    try (pipe) {
      pipe.write("dismissed\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
