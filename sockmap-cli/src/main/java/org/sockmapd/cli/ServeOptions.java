package org.sockmapd.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code serve} takes, also without its name as the Go daemon did. */
final class ServeOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "config.json")
  private Path configuration = Path.of("config.json");

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Listen on this TCP port instead of the configured one.")
  private @Nullable Integer port;

  Path configuration() {
    return configuration;
  }

  @Nullable Integer port() {
    return port;
  }
}
