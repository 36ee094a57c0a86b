package org.sockmapd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sockmapd.bench.BenchOutcome;
import org.sockmapd.bench.BenchOutput;
import org.sockmapd.bench.BenchRun;
import org.sockmapd.bench.BenchSettings;
import org.sockmapd.bench.KeyFileException;
import org.sockmapd.bench.Keys;
import org.sockmapd.cli.os.Signals;
import org.sockmapd.cli.os.Terminal;
import org.sockmapd.protocol.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a server. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Measures a running server, any that speaks socketmap: throughput, latency, and whether its"
          + " answers are right.",
      "Ctrl-C ends it early and prints what was measured so far."
    },
    footer = {
      "",
      "The key file has a line a key. After a tab may stand the reply it should get:",
      "  alice@example.com<TAB>OK alice@example.org",
      "  nobody@example.com<TAB>NOTFOUND",
      "  bob@example.com",
      "A reply of another value is wrong; TEMP, TIMEOUT and PERM are counted, and not wrong.",
      "",
      "Exit status:",
      "  0   every reply was OK or NOTFOUND, none was wrong or lost, and there was one at least",
      "  64  the command line is wrong",
      "  65  the key file has an error, or the server answered PERM",
      "  66  the key file cannot be read",
      "  73  the histogram or the plot cannot be written",
      "  75  replies were lost, or TEMP or TIMEOUT, or there was none",
      "  76  a reply was wrong, or no reply of the protocol",
      "",
      "Examples:",
      "  sockmapd bench inet:127.0.0.1:2224 recipient keys",
      "  sockmapd bench -c 64 -d 30s unix:/run/sockmapd.sock alias keys",
      "  sockmapd bench -c 16 -R 5000 --svg latency.svg inet:127.0.0.1:2224 alias keys",
      "  cut -d: -f1 addresses | sockmapd bench inet:127.0.0.1:2224 recipient -"
    })
final class BenchCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec command;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description =
          "Write the histogram of the latencies, in milliseconds, for HdrHistogram's plotter; with"
              + " a name that ends in .hlog, HdrHistogram's log of intervals.")
  private @Nullable Path histogram;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write a picture of the latencies over time.")
  private @Nullable Path plot;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--progress",
      description = "Tell each second on standard error how it goes, also if that is no terminal.")
  private boolean progress;

  @Parameters(
      index = "0",
      paramLabel = "ENDPOINT",
      converter = EndpointConverter.class,
      description = "Where the server listens: inet:HOST:PORT or unix:PATH.")
  private @Nullable Endpoint endpoint;

  @Parameters(index = "1", paramLabel = "MAP", description = "The map name.")
  private String mapName = "";

  @Parameters(
      index = "2",
      paramLabel = "KEYFILE",
      description = "The keys to ask for; - reads them from standard input.")
  private Path keyFile = STANDARD_INPUT;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    BenchSettings settings = settings();
    try {
      BenchRun run = new BenchRun(settings, keys(), output(), System::nanoTime);
      Signals.handle("INT", run::stop);
      Signals.handle("TERM", run::stop);
      return status(run.run());
    } catch (KeyFileException e) {
      return fail(e.getMessage(), ExitStatus.REFUSED);
    } catch (NoSuchFileException e) {
      return fail("there is no such file", ExitStatus.NO_INPUT);
    } catch (IOException e) {
      return fail("cannot be read: " + e.getMessage(), ExitStatus.NO_INPUT);
    }
  }

  private static int status(BenchOutcome outcome) {
    return switch (outcome) {
      case GOOD -> ExitStatus.OK;
      case REFUSED -> ExitStatus.REFUSED;
      case FAILURES -> ExitStatus.TEMPORARY;
      case WRONG_REPLY -> ExitStatus.WRONG_REPLY;
      case NOT_WRITTEN -> ExitStatus.CANNOT_CREATE;
    };
  }

  private BenchSettings settings() {
    try {
      return options.settings(Objects.requireNonNull(endpoint), mapName);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Keys keys() throws IOException, KeyFileException {
    if (keyFile.equals(STANDARD_INPUT)) {
      return Keys.read(surroundings.in());
    }
    try (InputStream in = Files.newInputStream(keyFile)) {
      return Keys.read(in);
    }
  }

  private BenchOutput output() {
    boolean terminal = Terminal.isStandardError();
    return new BenchOutput(
        surroundings.out(),
        surroundings.err(),
        progress || terminal,
        terminal,
        json,
        Optional.ofNullable(histogram),
        Optional.ofNullable(plot));
  }

  private int fail(@Nullable String problem, int status) {
    surroundings.err().println("sockmapd: " + keyFile + ": " + problem);
    return status;
  }
}
