package org.sockmapd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.DatabaseFindings;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.postfix.MapUses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells whether a configuration is right. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks a configuration file: every problem at once, each with its line.",
      "Prints the lines of Postfix's main.cf for the maps that say what they are for (\"for\").",
      "Ends with 0 when it is right, with 78 when it is not, and with 75 when only",
      "a database does not answer (--connect)."
    },
    footer = {
      "",
      "Examples:",
      "  sockmapd check-config -c /etc/sockmapd/sockmapd.json",
      "  sockmapd check-config -c /etc/sockmapd/sockmapd.json --connect",
    })
final class CheckConfigCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "config.json")
  private Path file = Path.of("config.json");

  @Option(
      names = "--connect",
      description = "Also ask every database host for every table and column.")
  private boolean connect;

  CheckConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      Configuration configuration = Configuration.read(file, surroundings.environment());
      List<Problem> warnings = new ArrayList<>(configuration.warnings());
      if (connect) {
        DatabaseFindings found = configuration.tryDatabases();
        warnings.addAll(found.warnings());
        found.connected().forEach(surroundings.out()::println);
      }
      MapUses uses = new MapUses(configuration.file(), configuration.postmaps());
      warnings.addAll(uses.warnings());
      new ConfigurationSummary(surroundings.out()).print(configuration, warnings, uses);
      return ExitStatus.OK;
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return e.mayPass() ? ExitStatus.TEMPORARY : ExitStatus.CONFIGURATION;
    }
  }
}
