package org.sockmapd.lookup.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/** Makes tables of the type {@code maps} from the setting {@code maps}, the names of other maps. */
public final class MapsTableProvider implements LookupTableProvider {
  private static final String MAPS = "maps";

  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public MapsTableProvider() {}

  @Override
  public String type() {
    return MAPS;
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    return new MapsTable(tables(settings, context));
  }

  /** Reads the setting {@code maps}, for every type that is made of other maps. */
  static List<LookupTable> tables(Settings settings, TableContext context) {
    List<String> names = settings.texts(MAPS);
    if (names.isEmpty()) {
      settings.problem(MAPS, "missing (expected the names of maps)");
    }
    boolean searches = SearchSettings.wantSearch(settings);
    List<LookupTable> tables = new ArrayList<>();
    for (String name : names) {
      Optional<LookupTable> table = context.resource(LookupTable.class, name);
      if (table.isEmpty()) {
        settings.problem(MAPS, "no map is called \"" + name + "\"");
      } else if (searches && table.get().searches()) {
        settings.problem(MAPS, searchesTwice(context.mapName(), name));
      }
      table.ifPresent(tables::add);
    }
    return tables;
  }

  private static String searchesTwice(String whole, String part) {
    return "the map \""
        + part
        + "\" has a search of its own, and would give a less specific key than other maps of \""
        + whole
        + "\" hold (expected a map without search; its table may be that of two maps)";
  }
}
