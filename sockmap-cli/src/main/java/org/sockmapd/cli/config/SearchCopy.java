package org.sockmapd.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;
import org.sockmapd.lookup.tables.TableFactory;

/** The search of a map around a table of another kind. */
final class SearchCopy {
  private static final List<String> TEXTS =
      List.of("search", "recipient_delimiter", "parent_domain_style", "local_domains_map", "idn");
  private static final List<String> FLAGS =
      List.of("owner_request_special", "rewriting", "propagate_unmatched_extensions");

  private SearchCopy() {}

  static LookupTable of(
      String mapName, Settings map, LookupTable table, LookupTables tables, LookupEvents events) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("type", "copy");
    settings.put("fold_case", false);
    TEXTS.forEach(name -> map.text(name).ifPresent(text -> settings.put(name, text)));
    FLAGS.stream().filter(map::has).forEach(name -> settings.put(name, map.flag(name, true)));
    if (map.has("local_domains")) {
      settings.put("local_domains", map.texts("local_domains"));
    }
    return TableFactory.of(List.of(new Only(table)))
        .create(new Settings("", settings, problem -> {}), new Context(mapName, tables, events));
  }

  /** A table type that is one table. */
  private record Only(LookupTable table) implements LookupTableProvider {
    @Override
    public String type() {
      return "copy";
    }

    @Override
    public LookupTable create(Settings settings, TableContext context) {
      return table;
    }
  }

  private record Context(String mapName, LookupTables tables, LookupEvents events)
      implements TableContext {
    @Override
    public <T> Optional<T> resource(Class<T> type, String name) {
      return type == LookupTable.class ? tables.table(name).map(type::cast) : Optional.empty();
    }
  }
}
