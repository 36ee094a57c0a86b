package org.sockmapd.cli.postfix;

import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sockmapd.protocol.Endpoint;

/** What an import came to. Immutable. */
public final class ImportedConfiguration {
  /** What a configuration takes for an environment variable. */
  private static final Pattern VARIABLE = Pattern.compile("(?=\\$\\{[A-Za-z_][A-Za-z0-9_]*})");

  private final Endpoint endpoint;
  private final Map<ImportedConnection, String> connections;
  private final List<ImportedMap> maps;
  private final MapNames names;
  private final List<String> mainCfLines;
  private final List<ImportNote> notes;

  ImportedConfiguration(
      Endpoint endpoint, MapNames names, List<String> mainCfLines, List<ImportNote> notes) {
    this.endpoint = endpoint;
    this.maps = names.maps();
    this.names = names;
    this.connections = connections(maps);
    this.mainCfLines = List.copyOf(mainCfLines);
    this.notes = List.copyOf(notes);
  }

  private static Map<ImportedConnection, String> connections(List<ImportedMap> maps) {
    Map<ImportedConnection, String> names = new LinkedHashMap<>();
    for (ImportedConnection connection : tables(maps).map(ImportedTable::connection).toList()) {
      if (!names.containsKey(connection)) {
        String base = connection.kind();
        long others = names.keySet().stream().filter(c -> c.kind().equals(base)).count();
        names.put(connection, others == 0 ? base : base + "-" + (others + 1));
      }
    }
    return names;
  }

  private static Stream<ImportedTable> tables(List<ImportedMap> maps) {
    return maps.stream()
        .filter(ImportedMap.OfTable.class::isInstance)
        .map(map -> ((ImportedMap.OfTable) map).table());
  }

  /**
   * Gives the configuration of the daemon, with the passwords in it.
   *
   * @return JSON
   */
  public String json() {
    return json(Optional.empty());
  }

  /**
   * Gives the configuration of the daemon, without passwords.
   *
   * @param passwordDirectory where {@link #passwordFiles} are to be, as the configuration names it
   * @return JSON
   */
  public String json(Path passwordDirectory) {
    return json(Optional.of(passwordDirectory));
  }

  /**
   * Gives the files that the configuration wants.
   *
   * @param directory where they are to be
   * @return the text of each
   */
  public Map<Path, String> passwordFiles(Path directory) {
    Map<Path, String> files = new LinkedHashMap<>();
    connections.forEach(
        (connection, name) -> {
          if (!connection.password().isEmpty()) {
            files.put(passwordFile(directory, name), connection.password() + "\n");
          }
        });
    return files;
  }

  /**
   * Gives the lines that replace those of {@code main.cf}, each with a comment before it.
   *
   * @return lines in the form of {@code main.cf}
   */
  public List<String> mainCfLines() {
    return mainCfLines;
  }

  /**
   * Tells what is not carried over, and what should be looked at.
   *
   * @return each with its place
   */
  public List<ImportNote> notes() {
    return notes;
  }

  /**
   * Describes the maps, for a report.
   *
   * @return each with where it comes from and what it is for
   */
  public List<TakenMap> taken() {
    return maps.stream().map(this::taken).toList();
  }

  /**
   * A map that was made.
   *
   * @param name its name
   * @param source the table, or the type of a map that is made of others
   * @param search which parts of a key are looked up
   * @param uses the parameters and words for which Postfix uses it; none for a map that only others
   *     ask, or where nothing told them
   * @param inner whether other maps ask it
   */
  public record TakenMap(
      String name, String source, String search, List<String> uses, boolean inner) {
    public TakenMap {
      uses = List.copyOf(uses);
    }
  }

  private TakenMap taken(ImportedMap map) {
    String source =
        switch (map) {
          case ImportedMap.OfTable one -> one.table().reference().toString();
          case ImportedMap.OfMaps several ->
              several.type() + " of " + String.join(", ", several.maps());
          case ImportedMap.Small small -> small.type();
        };
    String search = String.valueOf(map.search().getOrDefault("search", "exact"));
    boolean inner =
        maps.stream()
            .anyMatch(
                other ->
                    other instanceof ImportedMap.OfMaps several
                        && several.maps().contains(map.name()));
    return new TakenMap(map.name(), source, search, names.uses(map.name()), inner);
  }

  /**
   * Tells how many maps there are.
   *
   * @return a number, 0 when every table stays with Postfix
   */
  public int mapCount() {
    return maps.size();
  }

  private String json(Optional<Path> passwordDirectory) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("sysconfig", Map.of("listen", List.of(endpoint.toString())));
    Map<String, Object> databases = new LinkedHashMap<>();
    connections.forEach(
        (connection, name) ->
            databases.put(name, connectionSettings(connection, name, passwordDirectory)));
    root.put("databases", databases);
    root.put("postmaps", maps.stream().map(this::postmap).toList());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root);
  }

  private Map<String, Object> connectionSettings(
      ImportedConnection connection, String name, Optional<Path> passwordDirectory) {
    Map<String, Object> settings = new LinkedHashMap<>();
    connection.settings().forEach((key, value) -> settings.put(key, literal(value)));
    if (!connection.password().isEmpty()) {
      passwordDirectory.ifPresentOrElse(
          directory ->
              settings.put("password_file", literal(passwordFile(directory, name).toString())),
          () -> settings.put("password", literal(connection.password())));
    }
    commonDatabase(connection).ifPresent(database -> settings.put("database", literal(database)));
    return settings;
  }

  private static Path passwordFile(Path directory, String connection) {
    return directory.resolve(connection + ".password");
  }

  /** The database of a connection when all its maps have the same. */
  private Optional<String> commonDatabase(ImportedConnection connection) {
    List<String> databases =
        tables(maps)
            .filter(table -> table.connection().equals(connection))
            .map(ImportedTable::database)
            .distinct()
            .toList();
    return databases.size() == 1 ? Optional.of(databases.getFirst()) : Optional.empty();
  }

  private Map<String, Object> postmap(ImportedMap map) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("service", map.name());
    if (!names.uses(map.name()).isEmpty()) {
      settings.put("for", names.uses(map.name()));
    }
    switch (map) {
      case ImportedMap.OfTable one -> putTable(one.table(), settings);
      case ImportedMap.OfMaps several -> {
        settings.put("type", several.type());
        settings.put("maps", several.maps());
      }
      case ImportedMap.Small small -> {
        settings.put("type", small.type());
        settings.putAll(small.content());
      }
    }
    settings.putAll(map.search());
    return settings;
  }

  private void putTable(ImportedTable table, Map<String, Object> settings) {
    settings.put("connection", connections.get(table.connection()));
    if (commonDatabase(table.connection()).isEmpty()) {
      settings.put("database", table.database());
    }
    settings.putAll(table.settings());
  }

  /** What would be a variable in the configuration was none in Postfix's file. */
  private static Object literal(Object value) {
    if (value instanceof List<?> values) {
      return new ArrayList<>(values.stream().map(ImportedConfiguration::literal).toList());
    }
    return value instanceof String text ? VARIABLE.matcher(text).replaceAll("\\$") : value;
  }
}
