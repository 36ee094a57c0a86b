package org.sockmapd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.compare.Comparison;
import org.sockmapd.cli.compare.MailLogKeys;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Postmap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a map with a table of Postfix's own. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Asks a map and a table of Postfix's own for the same keys, and tells every difference with the keys that were"
          + " tried on both sides.",
      "Postfix's table is asked by 'postmap -q', for each key that Postfix would try one after the other. The keys are"
          + " lines of a file, or what a mail log says that Postfix asked for."
    },
    footer = {
      "",
      "Exit status:",
      "  0   the same answer to every key",
      "  1   a different answer to one key at least",
      "  66  the keys cannot be read",
      "  75  Postfix's table or the map could not be asked",
      "  78  the configuration is wrong, or has no such map",
      "",
      "Examples:",
      "  sockmapd compare -c sockmapd.json virtual pgsql:/etc/postfix/virtual.cf < keys",
      "  sockmapd compare -c sockmapd.json --mail-log /var/log/mail.log virtual pgsql:/etc/postfix/virtual.cf"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  private final Surroundings surroundings;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "config.json")
  private Path file = Path.of("config.json");

  @Option(
      names = "--mail-log",
      paramLabel = "FILE",
      description = "Take the keys from a mail log: addresses, or clients, as the map is searched.")
  private @Nullable Path mailLog;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Read the keys from this file, one a line (default: standard input).")
  private @Nullable Path keys;

  @Parameters(index = "0", paramLabel = "MAP", description = "The map name.")
  private String mapName = "";

  @Parameters(
      index = "1",
      paramLabel = "TABLE",
      description = "Postfix's table as main.cf has it, such as pgsql:/etc/postfix/virtual.cf.")
  private String table = "";

  CompareCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      Configuration configuration = Configuration.read(file, surroundings.environment());
      return compare(configuration);
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    } catch (IOException e) {
      surroundings.err().println("sockmapd: " + e.getMessage());
      return ExitStatus.TEMPORARY;
    }
  }

  private int compare(Configuration configuration)
      throws ConfigurationException, IOException, InterruptedException {
    List<String> asked;
    try {
      asked = keys(configuration);
    } catch (IOException e) {
      surroundings.err().println("sockmapd: the keys cannot be read: " + e.getMessage());
      return ExitStatus.NO_INPUT;
    }
    Comparison comparison = new Comparison(configuration, mapName, surroundings.out());
    return switch (comparison.run(table, asked)) {
      case SAME -> ExitStatus.OK;
      case DIFFERENT -> DIFFERENT;
      case FAILED -> ExitStatus.TEMPORARY;
      case NO_MAP -> {
        surroundings.err().println("sockmapd: " + file + " has no map " + mapName);
        yield ExitStatus.CONFIGURATION;
      }
    };
  }

  private List<String> keys(Configuration configuration) throws IOException {
    if (mailLog != null) {
      String search =
          configuration.postmaps().stream()
              .filter(map -> map.mapName().equals(mapName))
              .map(Postmap::search)
              .findFirst()
              .orElse("exact");
      return MailLogKeys.read(lines(Files.newInputStream(mailLog)), search);
    }
    return lines(keys == null ? surroundings.in() : Files.newInputStream(keys)).stream()
        .filter(key -> !key.isEmpty())
        .distinct()
        .toList();
  }

  /** What is not UTF-8 in a log is no key; the rest of its line is read. */
  private static List<String> lines(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
