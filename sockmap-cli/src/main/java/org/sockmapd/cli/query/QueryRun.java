package org.sockmapd.cli.query;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.ConfigurationException;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.Endpoint;

/**
 * One run of the {@code query} command.
 *
 * @param mapName the map to ask
 * @param keys the keys; {@code -} stands for the lines of standard input
 * @param explains whether to tell how each answer came about
 * @param in standard input
 * @param out takes values
 * @param err takes messages and explanations
 */
public record QueryRun(
    String mapName,
    List<String> keys,
    boolean explains,
    InputStream in,
    PrintWriter out,
    PrintWriter err) {
  private static final String STANDARD_INPUT = "-";

  public QueryRun {
    keys = List.copyOf(keys);
  }

  /**
   * Asks a running server.
   *
   * @param endpoint where it listens
   * @return the exit status
   * @throws IOException if standard input cannot be read
   */
  public int askServer(Endpoint endpoint) throws IOException {
    try (Source source = new ServerSource(endpoint, err, explains, System::nanoTime)) {
      return ask(source);
    }
  }

  /**
   * Asks the tables of a configuration, without a server.
   *
   * @param file the configuration
   * @param environment the environment variables
   * @return the exit status
   * @throws ConfigurationException if the configuration is wrong, or has no such map
   * @throws IOException if standard input cannot be read
   */
  public int askConfiguration(Path file, Map<String, String> environment)
      throws ConfigurationException, IOException {
    Configuration configuration = Configuration.read(file, environment);
    LookupTables tables = configuration.open(new Explanation(err, explains));
    Optional<LookupTable> table = tables.table(mapName);
    if (table.isEmpty()) {
      tables.close();
      throw new ConfigurationException(
          List.of(
              Problem.of(
                  file,
                  "no map " + mapName + "; there is " + String.join(", ", tables.mapNames()))));
    }
    try (Source source = new ConfigurationSource(tables, table.get())) {
      return ask(source);
    }
  }

  private int ask(Source source) throws IOException {
    if (mapName.isEmpty() || mapName.indexOf(' ') >= 0) {
      err.println("sockmapd: '" + mapName + "' is no map name: it is one word");
      return ExitStatus.USAGE;
    }
    boolean namesKeys = keys.size() > 1 || keys.contains(STANDARD_INPUT);
    Query query = new Query(source, mapName, namesKeys, out, err);
    for (String key : keys) {
      if (key.equals(STANDARD_INPUT)) {
        askForLines(query);
      } else {
        query.ask(key.getBytes(StandardCharsets.UTF_8));
      }
    }
    return query.exitStatus();
  }

  private void askForLines(Query query) throws IOException {
    InputStream lines = new BufferedInputStream(in);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      if (next == '\n') {
        query.ask(line.toByteArray());
        line.reset();
      } else {
        line.write(next);
      }
    }
    if (line.size() > 0) {
      query.ask(line.toByteArray());
    }
  }
}
