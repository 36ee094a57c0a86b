package org.sockmapd.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done to the caches of a running daemon. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Tells a running daemon what to do with its caches.",
    synopsisSubcommandLabel = "COMMAND")
final class CacheCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  static CommandLine of(Surroundings surroundings) {
    return new CommandLine(new CacheCommand()).addSubcommand(new CacheFlushCommand(surroundings));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(command).commandLine(), "expected a command: flush");
  }
}
