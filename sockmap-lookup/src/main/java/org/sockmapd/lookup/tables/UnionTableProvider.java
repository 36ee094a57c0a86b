package org.sockmapd.lookup.tables;

import java.util.List;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/**
 * Makes tables of the type {@code unionmap} from the setting {@code maps}, the names of other maps.
 */
public final class UnionTableProvider implements LookupTableProvider {
  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public UnionTableProvider() {}

  @Override
  public String type() {
    return "unionmap";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    List<LookupTable> tables = MapsTableProvider.tables(settings, context);
    return tables.isEmpty() ? new FailTable("no map") : new UnionTable(tables);
  }
}
