package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sockmapd.cli.config.Problem;

/** The tables that are to be imported, each read once. */
final class TableSet {
  private final Optional<MainCf> main;
  private final Notes notes;
  private final Map<TableReference, Optional<ImportedTable>> tables = new LinkedHashMap<>();

  private TableSet(Optional<MainCf> main, Notes notes) {
    this.main = main;
    this.notes = notes;
  }

  /** Reads every table that is used. */
  static TableSet used(List<TableReference> used, MainCf main, Notes notes) {
    TableSet set = new TableSet(Optional.of(main), notes);
    used.forEach(set::read);
    return set;
  }

  /** Reads the tables that are asked for, whose types may be known from their use. */
  static TableSet requested(
      ImportRequest request, List<TableReference> used, Optional<MainCf> main, Notes notes) {
    TableSet set = new TableSet(main, notes);
    for (String table : request.tables()) {
      TableReference.of(table)
          .or(() -> set.reference(table, request.type(), used))
          .ifPresent(set::read);
    }
    return set;
  }

  List<ImportedTable> tables() {
    return tables.values().stream().flatMap(Optional::stream).toList();
  }

  /** Tells whether a table of {@code main.cf} was asked for, whatever came of it. */
  boolean requested(TableReference used) {
    return source(used).isPresent();
  }

  /** Gives a table as {@code main.cf} names it; empty when it is not imported. */
  Optional<ImportedTable> find(TableReference used) {
    return source(used).flatMap(each -> tables.getOrDefault(each, Optional.empty()));
  }

  /** The file may have been copied: then its name tells. */
  private Optional<TableReference> source(TableReference used) {
    if (tables.containsKey(used)) {
      return Optional.of(used);
    }
    List<TableReference> alike =
        tables.keySet().stream()
            .filter(each -> each.type() == used.type() && each.isFile() && used.isFile())
            .filter(each -> fileName(each).equals(fileName(used)))
            .toList();
    return alike.stream()
        .filter(each -> absolute(each).equals(absolute(used)))
        .findFirst()
        .or(() -> alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty());
  }

  private void read(TableReference reference) {
    if (tables.containsKey(reference)) {
      return;
    }
    Notes own = new Notes();
    tables.put(reference, read(reference, own));
    notes.addAll(own);
  }

  /** What is wrong with a table keeps it with Postfix, and nothing else. */
  private Optional<ImportedTable> read(TableReference reference, Notes own) {
    ParameterFile file =
        reference.isFile() || main.isEmpty()
            ? ParameterFile.read(reference.file(), own)
            : main.get().table(reference.name());
    // What could not be read was told; there is nothing more to say of it.
    boolean nothing = file.all().isEmpty() && own.hasErrors();
    Optional<ImportedTable> table =
        nothing ? Optional.empty() : TableReader.read(reference, file, queueDirectory(), own);
    return own.hasErrors() ? Optional.empty() : table;
  }

  private Path queueDirectory() {
    return Path.of(main.map(given -> given.value("queue_directory")).orElse("/var/spool/postfix"));
  }

  private Optional<TableReference> reference(
      String file, Optional<String> type, List<TableReference> used) {
    String path = file.startsWith("/") || file.startsWith(".") ? file : "./" + file;
    Optional<TableType> known =
        type.flatMap(TableType::of)
            .or(() -> typeByUse(path, used))
            .or(() -> typeByParameters(path))
            .or(() -> typeByName(path));
    if (known.isEmpty()) {
      notes.error(
          Problem.of(
              Path.of(file),
              "may be a table of several types; write pgsql:"
                  + file
                  + ", mysql:"
                  + file
                  + " or sqlite:"
                  + file));
    }
    return known.map(found -> new TableReference(found, path));
  }

  private static Optional<TableType> typeByUse(String path, List<TableReference> used) {
    String name = String.valueOf(Path.of(path).getFileName());
    List<TableType> types =
        used.stream()
            .filter(each -> each.isFile() && fileName(each).equals(name))
            .map(TableReference::type)
            .distinct()
            .toList();
    return types.size() == 1 ? Optional.of(types.getFirst()) : Optional.empty();
  }

  private static Optional<TableType> typeByParameters(String path) {
    ParameterFile file = ParameterFile.read(Path.of(path), new Notes());
    String hosts = file.get("hosts").map(Parameter::text).orElse("");
    if (has(file, "dbpath")) {
      return Optional.of(TableType.SQLITE);
    }
    if (has(file, "select_function", "encoding") || hosts.matches(".*(postgres|:5432\\b).*")) {
      return Optional.of(TableType.PGSQL);
    }
    boolean mysql =
        has(file, "option_file", "option_group", "require_result_set", "tls_CAfile")
            || hosts.matches(".*(mysql|maria|:3306\\b).*");
    return mysql ? Optional.of(TableType.MYSQL) : Optional.empty();
  }

  private static boolean has(ParameterFile file, String... names) {
    return Stream.of(names).anyMatch(name -> file.get(name).isPresent());
  }

  /** By the name of the file, else by those of its directories, the nearest first. */
  private static Optional<TableType> typeByName(String path) {
    List<Path> names = new ArrayList<>();
    Path.of(path).toAbsolutePath().normalize().forEach(names::addFirst);
    return names.stream()
        .map(name -> typeHintedBy(name.toString().toLowerCase(Locale.ROOT)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<TableType> typeHintedBy(String name) {
    List<TableType> types =
        Stream.of(TableType.values()).filter(type -> type.hintedBy(name)).toList();
    return types.size() == 1 ? Optional.of(types.getFirst()) : Optional.empty();
  }

  private static String fileName(TableReference reference) {
    return String.valueOf(reference.file().getFileName());
  }

  private static Path absolute(TableReference reference) {
    return reference.file().toAbsolutePath().normalize();
  }
}
