package org.sockmapd.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.config.Sysconfig;
import org.sockmapd.cli.log.LogSettings;

/**
 * Where the configuration comes from, each time that it is read.
 *
 * @param file the file
 * @param port the TCP port of the command line, which goes before the configured one
 * @param environment the environment variables
 */
public record ConfigurationSource(Path file, OptionalInt port, Map<String, String> environment) {
  Configuration read() throws ConfigurationException {
    return Configuration.read(file, environment);
  }

  Sysconfig sysconfig(Configuration configuration) throws ConfigurationException {
    if (port.isEmpty()) {
      return configuration.sysconfig();
    }
    return configuration
        .sysconfig()
        .withPort(port.getAsInt())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    List.of(Problem.of(file, "listens on no TCP port that --port could change"))));
  }

  static LogSettings log(Sysconfig sysconfig) {
    return new LogSettings(sysconfig.logfile(), sysconfig.loglevel());
  }
}
