package org.sockmapd.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.sockmapd.cli.os.StandardStream;

/** The program. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the process with its status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(
            new FileInputStream(FileDescriptor.in),
            writer(StandardStream.output()),
            writer(StandardStream.error()),
            System.getenv());
    System.exit(run(arguments, surroundings));
  }

  /**
   * Runs the command line.
   *
   * @param arguments the command line
   * @param surroundings where its input comes from and its output goes
   * @return the exit status, one of {@link ExitStatus}
   */
  public static int run(String[] arguments, Surroundings surroundings) {
    int status = CommandTree.of(surroundings, arguments).execute(arguments);
    surroundings.out().flush();
    surroundings.err().flush();
    return status;
  }

  // UTF-8 whatever the locale: keys and values of mail tables are.
  private static PrintWriter writer(StandardStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
