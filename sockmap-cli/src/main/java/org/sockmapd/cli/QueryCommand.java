package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.query.QueryRun;
import org.sockmapd.protocol.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks one map. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Asks a map for keys, through a running server or straight from the configuration without one.",
      "Prints what 'postmap -q' prints: for one key its value, for several each key, a tab and its value."
    },
    footer = {
      "",
      "Exit status:",
      "  0   found (of several keys: one at least)",
      "  1   not found",
      "  65  the server called the request one that it can never answer",
      "  75  temporary failure, of one key at least",
      "  78  the configuration is wrong; each problem is a line on standard error",
      "",
      "Examples:",
      "  sockmapd query -s inet:127.0.0.1:2224 recipient alice@example.com",
      "  sockmapd query -s unix:/run/sockmapd.sock alias info@example.com sales@example.com",
      "  sockmapd query --explain -c /etc/sockmapd/sockmapd.json recipient alice@example.com",
      "  cut -d: -f1 addresses | sockmapd query -s inet:127.0.0.1:2224 recipient -"
    })
final class QueryCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ArgGroup private Whom whom = new Whom();

  @Option(
      names = "--explain",
      description =
          "Tell on standard error which keys were tried, the SQL, the bound key, the node that answered and the time"
              + " taken. A server tells only the time.")
  private boolean explains;

  @Parameters(index = "0", paramLabel = "MAP", description = "The map name.")
  private String mapName = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY",
      description = "The keys to ask for; - reads them from standard input, one a line.")
  private List<String> keys = new ArrayList<>();

  /** Who is asked: one of the two. */
  static final class Whom {
    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "Ask the tables of this configuration file (default: config.json).")
    private Path configuration = Path.of("config.json");

    @Option(
        names = {"-s", "--server"},
        paramLabel = "ENDPOINT",
        converter = EndpointConverter.class,
        description = "Ask the server that listens here: inet:HOST:PORT or unix:PATH.")
    private @Nullable Endpoint server;
  }

  QueryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    QueryRun run =
        new QueryRun(
            mapName, keys, explains, surroundings.in(), surroundings.out(), surroundings.err());
    try {
      return whom.server != null
          ? run.askServer(whom.server)
          : run.askConfiguration(whom.configuration, surroundings.environment());
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    } catch (IOException e) {
      surroundings.err().println("sockmapd: standard input cannot be read: " + e.getMessage());
      return ExitStatus.TEMPORARY;
    }
  }
}
