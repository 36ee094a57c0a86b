package org.sockmapd.cli.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.config.SourceText;

/**
 * What the client library of MySQL and MariaDB reads before it connects, for whatever a table does
 * not say: the file that {@code option_file} names, else {@code my.cnf} of this machine.
 */
final class MySqlOptionFiles {
  private static final List<Path> USUAL =
      List.of(Path.of("/etc/my.cnf"), Path.of("/etc/mysql/my.cnf"));

  /**
   * Nothing is to be told of these: the import takes them, Postfix's password goes before the one
   * here, and texts go in UTF-8 in any case.
   */
  private static final Set<String> CARRIED =
      Set.of("host", "port", "socket", "user", "protocol", "password", "default-character-set");

  private static final int MAX_FILES = 100;

  private final Notes notes;
  private final Set<String> groups;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Set<Path> read = new HashSet<>();

  private MySqlOptionFiles(String group, Notes notes) {
    this.notes = notes;
    this.groups = new HashSet<>(List.of("client", "client-server", "client-mariadb", group));
  }

  /** Reads what the library would read for a table. */
  static MySqlOptionFiles of(ParameterFile table, Notes notes) {
    String group = table.get("option_group").map(Parameter::text).orElse("client");
    MySqlOptionFiles files = new MySqlOptionFiles(group, notes);
    Optional<Parameter> file = table.get("option_file").filter(given -> !given.text().isEmpty());
    if (file.isPresent()) {
      Path path = Path.of(file.get().text());
      if (Files.isReadable(path)) {
        files.readFile(path);
      } else {
        notes.warn(
            file.get()
                .problem(
                    "cannot be read here; what it says of host, account and TLS belongs into the"
                        + " connection"));
      }
    } else if (!group.isEmpty()) {
      USUAL.stream().filter(Files::isReadable).forEach(files::readFile);
    }
    return files;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
  }

  private void readFile(Path file) {
    if (read.size() < MAX_FILES && read.add(file.toAbsolutePath().normalize())) {
      SourceText.read(file, notes::warn).ifPresent(text -> readText(file, text));
    }
  }

  private void readText(Path file, String text) {
    boolean ours = false;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("!")) {
        include(line);
      } else if (line.startsWith("[")) {
        ours = groups.contains(line.replaceFirst("^\\[\\s*(.*?)\\s*].*$", "$1"));
      } else if (ours && !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        add(file, line);
      }
    }
  }

  private void include(String line) {
    String path = line.replaceFirst("^!include(dir)?\\s+", "");
    if (line.startsWith("!includedir")) {
      try (Stream<Path> files = Files.list(Path.of(path))) {
        files.filter(file -> file.toString().endsWith(".cnf")).sorted().forEach(this::readFile);
      } catch (IOException absent) {
        notes.warn(Problem.of(Path.of(path), "cannot be read, though an option file includes it"));
      }
    } else {
      readFile(Path.of(path));
    }
  }

  private void add(Path file, String line) {
    String[] parts = line.split("\\s*=\\s*", 2);
    String name = parts[0].replace('_', '-');
    String value = parts.length < 2 ? "" : parts[1].replaceFirst("^(['\"])(.*)\\1$", "$2");
    options.put(name, value);
    if (!CARRIED.contains(name)) {
      // Not its value: it may be a password.
      notes.warn(
          Problem.of(
              file,
              "the option "
                  + name
                  + " of Postfix's client is not carried over: what it says of the login or of TLS"
                  + " belongs into the connection"));
    }
  }
}
