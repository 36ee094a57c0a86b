package org.sockmapd.cli;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sockmapd.bench.BenchSettings;
import org.sockmapd.protocol.Endpoint;
import picocli.CommandLine.Option;

/** The load that {@code bench} puts on a server. */
final class BenchOptions {
  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Connections that ask at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to measure, such as 500ms, 30s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ZERO;

  @Option(
      names = {"-w", "--warm-up"},
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How long to ask before measuring (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = {"-P", "--pipeline"},
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Requests of a connection that may be unanswered (default: ${DEFAULT-VALUE}). Postfix"
              + " and Sendmail have one.")
  private int pipeline;

  @Option(
      names = {"-R", "--rate"},
      paramLabel = "N",
      description =
          "Ask N times a second in all, whether replies come or not, and count latencies from the"
              + " time at which a request was due. Without it a connection asks when it has its"
              + " reply.")
  private @Nullable Integer rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws where each connection begins in the keys (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long connecting may take (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ZERO;

  @Option(
      names = "--read-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How long a reply may take before it is lost, and the connection opened anew (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration readTimeout = Duration.ZERO;

  /**
   * Puts them together.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  BenchSettings settings(Endpoint endpoint, String mapName) {
    return new BenchSettings(
        endpoint,
        mapName,
        connections,
        pipeline,
        rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
        warmUp,
        duration,
        connectTimeout,
        readTimeout,
        seed);
  }
}
