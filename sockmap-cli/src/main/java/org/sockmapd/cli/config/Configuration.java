package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.spi.Settings;

/**
 * A configuration file that was read and found to be right. Immutable: a file that changes is read
 * anew. Shows no password.
 */
public final class Configuration {
  private final Path file;
  private final JsonTree tree;
  private final Map<String, Connection> connections;
  private final Sysconfig sysconfig;
  private final List<Postmap> postmaps;
  private final List<NeededFile> databaseFiles;
  private final List<Problem> warnings;

  Configuration(
      Path file,
      JsonTree tree,
      Map<String, Connection> connections,
      Sysconfig sysconfig,
      OpenedMaps maps,
      List<Problem> warnings) {
    this.file = file;
    this.tree = tree;
    this.connections = connections;
    this.sysconfig = sysconfig;
    this.postmaps = List.copyOf(maps.postmaps());
    this.databaseFiles = maps.files();
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file and checks all that can be checked without a network: reading is checking.
   *
   * @param file the file; relative paths in it are relative to its directory, but {@code logfile}
   *     and UNIX sockets, as in the Go daemon, to the working directory
   * @param environment the variables that {@code ${NAME}} in a connection stands for
   * @return the configuration
   * @throws ConfigurationException with every problem of the file
   */
  public static Configuration read(Path file, Map<String, String> environment)
      throws ConfigurationException {
    return ConfigurationReader.read(file, environment);
  }

  /**
   * Tells which file this is.
   *
   * @return the file, as it was named
   */
  public Path file() {
    return file;
  }

  /**
   * Tells how the daemon itself is to run.
   *
   * @return the settings
   */
  public Sysconfig sysconfig() {
    return sysconfig;
  }

  /**
   * Describes the maps.
   *
   * @return the maps in the order of the file; at least one
   */
  public List<Postmap> postmaps() {
    return postmaps;
  }

  /**
   * Tells what works but may not be meant so.
   *
   * @return what to tell the administrator, by line
   */
  public List<Problem> warnings() {
    return warnings;
  }

  /**
   * Names what is read again while the daemon runs.
   *
   * @return the files, this one first, each with what comes of it when it cannot be read
   */
  public List<NeededFile> neededFiles() {
    List<NeededFile> files = new ArrayList<>();
    files.add(new NeededFile(file, NeededFile.RELOADING));
    connections.values().forEach(connection -> files.addAll(connection.files()));
    files.addAll(databaseFiles);
    return files.stream().distinct().toList();
  }

  /**
   * Makes the tables. Databases that several maps ask are shared. Touches no network.
   *
   * @param events hears of everything that happens in the tables
   * @return the tables; to be closed by the caller
   * @throws ConfigurationException if a file that the configuration names has changed for the worse
   *     since it was read
   */
  public LookupTables open(LookupEvents events) throws ConfigurationException {
    Problems problems = new Problems(file, tree, List.of());
    Settings root = new Settings("", tree.root(), problems::error);
    OpenedMaps maps = MapsOpener.open(root, connections, events, tree);
    try {
      problems.check();
    } catch (ConfigurationException e) {
      maps.tables().close();
      throw e;
    }
    return maps.tables();
  }

  /**
   * Tells whether the keys of a map are made lower case.
   *
   * @param mapName the map
   * @return its {@code fold_case}
   */
  public boolean folds(String mapName) {
    return settings(mapName).flag("fold_case", true);
  }

  /**
   * Searches another table as a map searches its own: for the same parts of a key, with the same
   * done to what is found.
   *
   * @param mapName the map
   * @param table the other table, which folds keys itself
   * @param tables the maps, of which one may hold the local domains
   * @param events hears which keys are tried
   * @return the table with that search around it
   */
  public LookupTable searchedAs(
      String mapName, LookupTable table, LookupTables tables, LookupEvents events) {
    return SearchCopy.of(mapName, settings(mapName), table, tables, events);
  }

  private Settings settings(String mapName) {
    return new Settings("", tree.root(), problem -> {})
        .objects("postmaps").stream()
            .filter(postmap -> postmap.text("service").orElse("").equals(mapName))
            .findFirst()
            .orElseThrow();
  }

  /**
   * Asks every node of every database whether it answers, and whether it has the tables and columns
   * that the maps want. Waits for what comes of it, for each node no longer than a lookup may take.
   *
   * @return what works but should be looked at, such as a key without an index or an account that
   *     may write, and how connections are protected
   * @throws ConfigurationException with everything that does not work; it {@linkplain
   *     ConfigurationException#mayPass may pass} where only databases did not answer
   */
  public DatabaseFindings tryDatabases() throws ConfigurationException {
    Problems problems = new Problems(file, tree, List.of());
    DatabaseTrial trial = new DatabaseTrial(connections, problems);
    trial.run(new Settings("", tree.root(), problems::error));
    try {
      problems.check();
    } catch (ConfigurationException e) {
      throw trial.foundLastingProblem() ? e : e.thatMayPass();
    }
    return new DatabaseFindings(problems.warnings(), trial.connected());
  }

  /** Names the file alone. */
  @Override
  public String toString() {
    return "configuration " + file;
  }
}
