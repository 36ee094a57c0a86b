package org.sockmapd.cli.postfix;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Names maps after the files of their tables. A table that is searched in two ways is two maps; one
 * that is asked by another map only is marked as an inner one.
 */
final class MapNames {
  /** The suffix of a map that only other maps ask. */
  static final String INNER = "inner";

  private final Map<String, ImportedMap> maps = new LinkedHashMap<>();
  private final Map<String, Set<String>> uses = new LinkedHashMap<>();

  List<ImportedMap> maps() {
    return List.copyOf(maps.values());
  }

  /** The tables that some map asks. */
  List<ImportedTable> tables() {
    return ofTables().map(ImportedMap.OfTable::table).toList();
  }

  /** What Postfix uses a map for, by the parameters or the words that tell. */
  List<String> uses(String map) {
    return List.copyOf(uses.getOrDefault(map, Set.of()));
  }

  void addUse(String map, String use) {
    uses.computeIfAbsent(map, name -> new LinkedHashSet<>()).add(use);
  }

  /**
   * Names the map of a table, a new one if there is none like it.
   *
   * @param suffix what is appended to the name when the file's own is taken, or in any case to that
   *     of an inner map
   */
  String table(ImportedTable table, Map<String, Object> search, String suffix) {
    Optional<String> same =
        ofTables()
            .filter(map -> map.table().equals(table) && map.search().equals(search))
            .map(ImportedMap.OfTable::name)
            .findFirst();
    return same.orElseGet(
        () -> {
          String base = baseName(table.reference());
          return add(
              suffix.equals(INNER) ? base + "-" + INNER : base,
              suffix,
              name -> new ImportedMap.OfTable(name, table, search));
        });
  }

  /** Names a map of several, after what uses it. */
  String maps(String type, List<String> members, Map<String, Object> search, String use) {
    return alike(name -> new ImportedMap.OfMaps(name, type, members, search))
        .orElseGet(
            () -> add(use, type, name -> new ImportedMap.OfMaps(name, type, members, search)));
  }

  /** Names a table that stands in {@code main.cf} itself. */
  String small(String type, Map<String, Object> content, Map<String, Object> search) {
    return alike(name -> new ImportedMap.Small(name, type, content, search))
        .orElseGet(
            () ->
                add(
                    type + "-" + INNER,
                    type,
                    name -> new ImportedMap.Small(name, type, content, search)));
  }

  /** A map that is the same but for its name, if there is one. */
  private Optional<String> alike(Function<String, ImportedMap> map) {
    return maps.keySet().stream()
        .filter(name -> map.apply(name).equals(maps.get(name)))
        .findFirst();
  }

  private String add(String base, String suffix, Function<String, ImportedMap> map) {
    String name = free(base, suffix);
    maps.put(name, map.apply(name));
    return name;
  }

  private Stream<ImportedMap.OfTable> ofTables() {
    return maps.values().stream()
        .filter(ImportedMap.OfTable.class::isInstance)
        .map(ImportedMap.OfTable.class::cast);
  }

  private String free(String base, String suffix) {
    String name = base;
    if (maps.containsKey(name) && !base.endsWith("-" + suffix)) {
      name = base + "-" + suffix;
    }
    String first = name;
    for (int i = 2; maps.containsKey(name); i++) {
      name = first + "-" + i;
    }
    return name;
  }

  /** No space, comma or colon: main.cf divides its words and the map name there. */
  private static String baseName(TableReference reference) {
    String name = String.valueOf(reference.file().getFileName()).replaceFirst("\\.cf$", "");
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "_");
    return plain.isEmpty() ? "map" : plain;
  }
}
