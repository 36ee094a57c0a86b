package org.sockmapd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Asks one map. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Asks a map for keys.")
final class QueryCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  QueryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().println("query");
    return ExitStatus.OK;
  }
}
