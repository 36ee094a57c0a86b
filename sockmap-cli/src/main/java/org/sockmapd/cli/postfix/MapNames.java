package org.sockmapd.cli.postfix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Names maps after the files of their tables. A table that is searched in two ways is two maps. */
final class MapNames {
  private final Map<String, ImportedMap> maps = new LinkedHashMap<>();

  List<ImportedMap> maps() {
    return List.copyOf(maps.values());
  }

  /** The tables that some map asks. */
  List<ImportedTable> tables() {
    return ofTables().map(ImportedMap.OfTable::table).toList();
  }

  /**
   * Names a map, a new one if there is none like it.
   *
   * @param use what is appended to the name when the file's own is taken
   */
  String name(ImportedTable table, Map<String, Object> search, String use) {
    Optional<ImportedMap.OfTable> same =
        ofTables()
            .filter(map -> map.table().equals(table) && map.search().equals(search))
            .findFirst();
    if (same.isPresent()) {
      return same.get().name();
    }
    String name = free(baseName(table.reference()), use);
    maps.put(name, new ImportedMap.OfTable(name, table, search));
    return name;
  }

  /** Names a map of several, after the parameter that lists them. */
  String name(List<ImportedTable> tables, Map<String, Object> search, String use) {
    List<String> members =
        tables.stream().map(table -> name(table, Map.of(), use + "-part")).toList();
    String name = free(use, "all");
    maps.put(name, new ImportedMap.OfMaps(name, members, search));
    return name;
  }

  private Stream<ImportedMap.OfTable> ofTables() {
    return maps.values().stream()
        .filter(ImportedMap.OfTable.class::isInstance)
        .map(ImportedMap.OfTable.class::cast);
  }

  private String free(String base, String use) {
    String name = base;
    if (maps.containsKey(name)) {
      name = base + "-" + use;
    }
    for (int i = 2; maps.containsKey(name); i++) {
      name = base + "-" + use + "-" + i;
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
