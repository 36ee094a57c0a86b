package org.sockmapd.lookup.tables;

import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/** Makes tables of the type {@code static} from the setting {@code value}. */
public final class StaticTableProvider implements LookupTableProvider {
  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public StaticTableProvider() {}

  @Override
  public String type() {
    return "static";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    String value = settings.requiredText("value");
    return value.isEmpty() ? new FailTable("no value") : new StaticTable(value);
  }
}
