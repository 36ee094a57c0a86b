package org.sockmapd.lookup.tables;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/** Makes tables of the type {@code inline} from the setting {@code entries}. */
public final class InlineTableProvider implements LookupTableProvider {
  /** Makes the provider; for {@link java.util.ServiceLoader}. */
  public InlineTableProvider() {}

  @Override
  public String type() {
    return "inline";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    // Keys that are folded can only be found among entries that are.
    UnaryOperator<String> fold =
        settings.flag(TableFactory.FOLD_CASE, true)
            ? TableFactory.folding(settings)
            : UnaryOperator.identity();
    Map<String, String> table = new LinkedHashMap<>();
    if (!settings.has("entries")) {
      settings.problem("entries", "missing (expected an object of keys and values)");
    }
    settings.object("entries").ifPresent(entries -> read(entries, fold, table));
    return new InlineTable(table);
  }

  private static void read(
      Settings entries, UnaryOperator<String> fold, Map<String, String> table) {
    for (String key : entries.names()) {
      String value = entries.text(key).orElse("");
      if (value.isEmpty()) {
        entries.problem(key, "needs a value that is not empty");
      } else if (table.putIfAbsent(fold.apply(key), value) != null) {
        entries.problem(key, "is the same as another key when case is folded");
      }
    }
  }
}
