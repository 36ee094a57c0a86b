package org.sockmapd.lookup.tables;

import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/** Makes tables of the type {@code fail} from the setting {@code reason}, which may be absent. */
public final class FailTableProvider implements LookupTableProvider {
  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public FailTableProvider() {}

  @Override
  public String type() {
    return "fail";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    return new FailTable(settings.text("reason").orElse("this table always fails"));
  }
}
