package org.sockmapd.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells whether a configuration is right. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks a configuration file: every problem at once, each with its line.",
      "Ends with 0 when it is right, and with 78 when it is not."
    },
    footer = {
      "",
      "Examples:",
      "  sockmapd check-config -c /etc/sockmapd/sockmapd.json",
    })
final class CheckConfigCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "config.json")
  private Path file = Path.of("config.json");

  CheckConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      Configuration configuration = Configuration.read(file, surroundings.environment());
      new ConfigurationSummary(surroundings.out()).print(configuration);
      return ExitStatus.OK;
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    }
  }
}
