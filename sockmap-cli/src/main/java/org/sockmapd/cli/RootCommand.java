package org.sockmapd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command without a subcommand: it serves, as the Go daemon did. */
@Command(
    name = "sockmapd",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Answers the table lookups of Postfix and Sendmail (socketmap) from databases.",
      "Without a command it serves."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Examples:",
      "  sockmapd serve -c /etc/sockmapd/sockmapd.json",
      "  sockmapd query -c /etc/sockmapd/sockmapd.json recipient alice@example.com",
      "  sockmapd query -s inet:127.0.0.1:2224 recipient alice@example.com",
      "",
      "'sockmapd COMMAND --help' explains a command."
    })
final class RootCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private ServeOptions options = new ServeOptions();

  RootCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return ServeCommand.serve(options, surroundings);
  }
}
