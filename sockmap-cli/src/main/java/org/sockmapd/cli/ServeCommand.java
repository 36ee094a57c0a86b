package org.sockmapd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Answers lookups until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private ServeOptions options = new ServeOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return serve(options, surroundings);
  }

  static int serve(ServeOptions options, Surroundings surroundings) {
    surroundings.out().println(options.configuration() + " " + options.port());
    return ExitStatus.OK;
  }
}
