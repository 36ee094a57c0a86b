package org.sockmapd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.serve.Control;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapClient;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a running daemon forget what it remembers. */
@Command(
    name = "flush",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Has a running daemon forget what its caches hold: all, one map's, or one key's.",
      "The daemon listens for this on the UNIX socket that \"control\" in its sysconfig names."
    },
    footer = {
      "",
      "Exit status:",
      "  0   flushed",
      "  1   the daemon has no such map",
      "  69  the configuration names no control socket",
      "  75  the daemon could not be reached, or could not do it",
      "  78  the configuration is wrong",
      "",
      "Examples:",
      "  sockmapd cache flush -c /etc/sockmapd/sockmapd.json",
      "  sockmapd cache flush --control /run/sockmapd/control recipient alice@example.com"
    })
final class CacheFlushCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ArgGroup private Where where = new Where();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MAP",
      description = "The map; without it, every map.")
  private @Nullable String mapName;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description = "The key; without it, all keys of the map.")
  private @Nullable String key;

  /** How the daemon is found: one of the two. */
  static final class Where {
    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "The daemon's configuration file (default: config.json).")
    private Path configuration = Path.of("config.json");

    @Option(names = "--control", paramLabel = "PATH", description = "The daemon's control socket.")
    private @Nullable Path control;
  }

  CacheFlushCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      Optional<Path> control = control();
      return control.isPresent() ? flush(control.get()) : noControl();
    } catch (ConfigurationException e) {
      e.problems().forEach(surroundings.err()::println);
      return ExitStatus.CONFIGURATION;
    }
  }

  private Optional<Path> control() throws ConfigurationException {
    if (where.control != null) {
      return Optional.of(where.control);
    }
    return Configuration.read(where.configuration, surroundings.environment())
        .sysconfig()
        .control();
  }

  private int noControl() {
    surroundings
        .err()
        .println(
            "sockmapd: "
                + where.configuration
                + " names no \"control\" socket in its sysconfig; a reload empties the caches too");
    return ExitStatus.UNAVAILABLE;
  }

  private int flush(Path control) {
    try (SocketmapClient daemon =
        SocketmapClient.builder(new Endpoint.Unix(control.toAbsolutePath())).build()) {
      return report(daemon.ask(SocketmapRequest.of(Control.CACHE_FLUSH, what())));
    } catch (IOException e) {
      surroundings.err().println("sockmapd: " + control + ": " + e.getMessage());
      return ExitStatus.TEMPORARY;
    }
  }

  private String what() {
    if (mapName == null) {
      return "";
    }
    return key == null ? mapName : mapName + " " + key;
  }

  private int report(SocketmapReply reply) {
    return switch (reply) {
      case SocketmapReply.Ok(String done) -> {
        surroundings.out().println(done);
        yield ExitStatus.OK;
      }
      case SocketmapReply.NotFound() -> {
        surroundings.err().println("sockmapd: the daemon has no map " + mapName);
        yield ExitStatus.NOT_FOUND;
      }
      case SocketmapReply.Temp(String why) -> failed(why);
      case SocketmapReply.Timeout(String why) -> failed(why);
      case SocketmapReply.Perm(String why) -> failed(why);
    };
  }

  private int failed(String why) {
    surroundings.err().println("sockmapd: " + why);
    return ExitStatus.TEMPORARY;
  }
}
