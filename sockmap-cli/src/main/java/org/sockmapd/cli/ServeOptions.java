package org.sockmapd.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code serve} takes, also without its name as the Go daemon did. */
final class ServeOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "config.json")
  private Path configuration = Path.of("config.json");

  private OptionalInt port = OptionalInt.empty();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Listen on this TCP port instead of the configured one; 0 takes a free one.")
  void setPort(int number) {
    if (command != null && (number < 0 || number > 65535)) {
      throw new ParameterException(
          command.commandLine(), "a port is a number from 0 to 65535, got " + number);
    }
    port = OptionalInt.of(number);
  }

  Path configuration() {
    return configuration;
  }

  OptionalInt port() {
    return port;
  }
}
