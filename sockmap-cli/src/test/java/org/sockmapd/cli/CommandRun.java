package org.sockmapd.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs the command line as the shell does, and keeps what it prints. */
final class CommandRun {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  int status(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of());
    return Main.run(arguments, surroundings);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
