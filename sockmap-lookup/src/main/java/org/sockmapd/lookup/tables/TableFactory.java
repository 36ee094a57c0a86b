package org.sockmapd.lookup.tables;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.cache.CacheCapacity;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.cache.CachedTable;
import org.sockmapd.lookup.search.CaseFolding;
import org.sockmapd.lookup.search.DomainFilteredTable;
import org.sockmapd.lookup.search.DomainList;
import org.sockmapd.lookup.search.FoldedTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/**
 * Makes a table from its settings: one of the type that {@code type} names ({@code sql} when it is
 * absent), with what every table can have around it, from the outside in:
 *
 * <ol>
 *   <li>{@code cache}: answers are remembered ({@link org.sockmapd.lookup.cache}), not by default;
 *   <li>{@code shadow}: another map is asked the same in the background ({@link ShadowedTable});
 *   <li>{@code search} and its options: parts of the key are tried too ({@link SearchSettings});
 *   <li>{@code fold_case}: each key is folded, true by default; in ASCII alone with {@code
 *       smtputf8_enable} false;
 *   <li>{@code domain}: only addresses in these domains are looked up.
 * </ol>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class TableFactory {
  static final String FOLD_CASE = "fold_case";
  private static final String DEFAULT_TYPE = "sql";

  private final SortedMap<String, LookupTableProvider> providers = new TreeMap<>();

  private TableFactory(Iterable<LookupTableProvider> providers) {
    for (LookupTableProvider provider : providers) {
      if (this.providers.putIfAbsent(provider.type(), provider) != null) {
        throw new IllegalArgumentException(
            "two providers of the table type \"" + provider.type() + "\"");
      }
    }
  }

  /**
   * Makes a factory of every table type that {@link ServiceLoader} finds.
   *
   * @return the factory
   * @throws IllegalArgumentException if two of them have the same name
   */
  public static TableFactory installed() {
    return new TableFactory(ServiceLoader.load(LookupTableProvider.class));
  }

  /**
   * Makes a factory of certain table types.
   *
   * @param providers the types
   * @return the factory
   * @throws IllegalArgumentException if two of them have the same name
   */
  public static TableFactory of(Collection<? extends LookupTableProvider> providers) {
    return new TableFactory(java.util.List.copyOf(providers));
  }

  /**
   * Makes a table. What is wrong is reported to the settings, and so is every setting that nobody
   * asked for: the caller must have asked for those that are its own. The table is only fit for use
   * when nothing was reported, but must be closed in any case.
   *
   * @param settings what the configuration says of the table
   * @param context what the table may use
   * @return the table
   */
  public LookupTable create(Settings settings, TableContext context) {
    String type = settings.text("type").orElse(DEFAULT_TYPE);
    LookupTableProvider provider = providers.get(type);
    if (provider == null) {
      String known = String.join(", ", providers.keySet());
      settings.problem(
          "type", "unknown table type \"" + type + "\" (expected one of " + known + ")");
      return new FailTable("unknown table type");
    }
    LookupTable table = decorate(provider.create(settings, context), settings, context);
    settings.finish();
    return table;
  }

  private static LookupTable decorate(LookupTable base, Settings settings, TableContext context) {
    LookupTable table = base;
    if (settings.has("domain")) {
      table = new DomainFilteredTable(domains(settings), table);
    }
    if (settings.flag(FOLD_CASE, true)) {
      table = new FoldedTable(table, folding(settings));
    }
    table = new SearchSettings(settings).apply(table, context);
    return cached(ShadowedTable.wrap(table, settings, context), settings, context);
  }

  /** How keys are folded where they are: in all of Unicode, or as Postfix does without it. */
  static UnaryOperator<String> folding(Settings settings) {
    return settings.flag("smtputf8_enable", true) ? CaseFolding::fold : CaseFolding::foldAscii;
  }

  private static DomainList domains(Settings settings) {
    List<String> problems = new ArrayList<>();
    DomainList domains = DomainList.parse(settings.texts("domain"), problems::add);
    if (domains.isEmpty() && problems.isEmpty()) {
      problems.add("lists no domain, so that no key would be found");
    }
    problems.forEach(problem -> settings.problem("domain", problem));
    return domains;
  }

  /** Outermost: what a search gives can depend on how the key was spelled. */
  private static LookupTable cached(LookupTable table, Settings settings, TableContext context) {
    CacheCapacity capacity =
        context
            .resource(CacheCapacity.class, context.mapName())
            .orElse(CacheSettings.DEFAULTS.capacity());
    Optional<CacheSettings> cache =
        settings.object("cache").map(object -> CacheSettings.read(object, capacity));
    return cache.isPresent()
        ? new CachedTable(context.mapName(), table, cache.get(), context.events(), System::nanoTime)
        : table;
  }
}
