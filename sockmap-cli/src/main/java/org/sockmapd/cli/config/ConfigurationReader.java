package org.sockmapd.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.spi.Settings;

/** Takes a file through all steps, and stops early only where there is nothing to go on with. */
final class ConfigurationReader {
  private final Path file;
  private final JsonTree tree;
  private final Problems problems;
  private final Settings root;

  private ConfigurationReader(Path file, JsonTree tree, Problems problems) {
    this.file = file;
    this.tree = tree;
    this.problems = problems;
    this.root = new Settings("", tree.root(), problems::error);
  }

  static Configuration read(Path file, Map<String, String> environment)
      throws ConfigurationException {
    List<Problem> found = new ArrayList<>();
    Optional<String> text = SourceText.read(file, found::add);
    if (text.isEmpty()) {
      throw new ConfigurationException(found);
    }
    return read(file, text.get(), environment);
  }

  static Configuration read(Path file, String text, Map<String, String> environment)
      throws ConfigurationException {
    List<Problem> found = new ArrayList<>();
    Optional<JsonTree> tree = JsonTreeReader.read(file, text, GoDaemonFile::name, found::add);
    if (tree.isEmpty()) {
      throw new ConfigurationException(found);
    }
    Problems problems = new Problems(file, tree.get(), found);
    warnOfPasswords(file, tree.get().root(), problems);
    prepare(tree.get().root(), environment, problems);
    return new ConfigurationReader(file, tree.get(), problems).read();
  }

  private static void warnOfPasswords(Path file, Map<String, Object> root, Problems problems) {
    if (FileSecrecy.readableByEverybody(file)) {
      InlinePasswords.in(root)
          .forEach(
              path ->
                  problems.warn(
                      path,
                      "everybody can read it; take that right from the file (chmod o-r) or use"
                          + " \"password_file\""));
    }
  }

  private static void prepare(
      Map<String, Object> root, Map<String, String> environment, Problems problems) {
    GoDaemonFile.dropEmpty(root);
    Environment variables = new Environment(environment, problems::error);
    for (String name : List.of("database", "databases")) {
      root.computeIfPresent(name, variables::expand);
    }
  }

  private Configuration read() throws ConfigurationException {
    Sysconfig sysconfig = SysconfigReader.read(root, problems);
    Map<String, Connection> connections = connections(user(sysconfig));
    OpenedMaps maps = maps(connections);
    root.finish();
    problems.check();
    return new Configuration(file, tree, connections, sysconfig, maps, problems.warnings());
  }

  /** The user whom a daemon of this configuration runs as. */
  private static String user(Sysconfig sysconfig) {
    String starter = System.getProperty("user.name", "");
    return starter.equals("root") ? sysconfig.runAsUser().orElse(starter) : starter;
  }

  private Map<String, Connection> connections(String user) {
    Map<String, Connection> connections = new LinkedHashMap<>();
    root.object("database").ifPresent(settings -> connections.put("", connection(settings, user)));
    root.object("databases")
        .ifPresent(named -> named.names().forEach(name -> add(name, named, user, connections)));
    return Map.copyOf(connections);
  }

  private void add(String name, Settings named, String user, Map<String, Connection> connections) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      named.problem(name, "a connection's name is not empty and has no /");
    }
    named.object(name).ifPresent(settings -> connections.put(name, connection(settings, user)));
  }

  private Connection connection(Settings settings, String user) {
    Path directory = file.toAbsolutePath().resolveSibling("").normalize();
    return ConnectionReader.read(settings, directory, user, problems);
  }

  /** Opens the tables to have them checked, and closes them again. */
  private OpenedMaps maps(Map<String, Connection> connections) {
    OpenedMaps maps = MapsOpener.open(root, connections, LookupEvents.NONE, tree);
    maps.tables().close();
    if (!root.has("postmaps")) {
      root.problem("postmaps", "missing");
    } else if (List.of().equals(tree.root().get("postmaps"))) {
      root.problem("postmaps", "names no map");
    }
    return maps;
  }
}
