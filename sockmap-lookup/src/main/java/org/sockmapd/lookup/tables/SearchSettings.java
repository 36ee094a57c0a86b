package org.sockmapd.lookup.tables;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.search.DomainList;
import org.sockmapd.lookup.search.ParentStyle;
import org.sockmapd.lookup.search.SearchKind;
import org.sockmapd.lookup.search.SearchPlan;
import org.sockmapd.lookup.search.SearchTable;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/**
 * The settings of a search: {@code search}, {@code recipient_delimiter}, {@code
 * owner_request_special}, {@code parent_domain_style}, {@code local_domains}, {@code
 * local_domains_map}, {@code rewriting}, {@code propagate_unmatched_extensions} and {@code idn}.
 */
final class SearchSettings {
  private static final String SEARCH = "search";
  private static final String REWRITING = "rewriting";
  private static final String PROPAGATE = "propagate_unmatched_extensions";
  private static final Set<SearchKind> OF_ADDRESSES =
      Set.of(SearchKind.ADDRESS, SearchKind.ACCESS, SearchKind.TRANSPORT);
  private static final Set<SearchKind> OF_DOMAINS =
      Set.of(SearchKind.ACCESS, SearchKind.DOMAIN, SearchKind.TRANSPORT);
  private static final Set<SearchKind> OF_USERS = Set.of(SearchKind.ADDRESS);

  private final Settings settings;
  private final SearchKind kind;

  SearchSettings(Settings settings) {
    this.settings = settings;
    this.kind = word(SEARCH, SearchKind.EXACT, SearchKind.values());
  }

  /**
   * Tells whether settings ask for less specific keys, as far as can be told before all is read.
   */
  static boolean wantSearch(Settings settings) {
    return !settings.text(SEARCH).orElse(name(SearchKind.EXACT)).equals(name(SearchKind.EXACT));
  }

  /** Wraps a table if its settings ask for a search. */
  LookupTable apply(LookupTable table, TableContext context) {
    boolean bothIdnForms =
        settings.word("idn", "as_sent", List.of("as_sent", "both")).equals("both");
    SearchTable.Builder search = SearchTable.builder(plan(bothIdnForms), table);
    search.events(context.mapName(), context.events());
    search.propagateExtension(propagates());
    if (applies("local_domains_map", OF_USERS)) {
      localDomainsMap(search, context);
    }
    return kind == SearchKind.EXACT && !bothIdnForms ? table : search.build();
  }

  private SearchPlan plan(boolean bothIdnForms) {
    SearchPlan.Builder plan = SearchPlan.builder(kind).bothIdnForms(bothIdnForms);
    if (applies("recipient_delimiter", OF_ADDRESSES)) {
      settings.text("recipient_delimiter").ifPresent(plan::recipientDelimiter);
    }
    if (applies("owner_request_special", OF_ADDRESSES)) {
      plan.ownerRequestSpecial(settings.flag("owner_request_special", true));
    }
    if (applies("parent_domain_style", OF_DOMAINS)) {
      plan.parentStyle(word("parent_domain_style", ParentStyle.BARE, ParentStyle.values()));
    }
    plan.rewriting(rewrites());
    if (applies("local_domains", OF_USERS)) {
      plan.localDomains(
          DomainList.parse(
              settings.texts("local_domains"), wrong -> settings.problem("local_domains", wrong)));
    }
    return plan.build();
  }

  /** Only what Postfix rewrites can have an extension put on it, so each stands for the other. */
  private boolean rewrites() {
    return applies(REWRITING, OF_USERS) ? settings.flag(REWRITING, true) : propagateFlag();
  }

  private boolean propagates() {
    if (settings.has(REWRITING) && !settings.flag(REWRITING, true)) {
      if (settings.has(PROPAGATE) && propagateFlag()) {
        settings.problem(PROPAGATE, "has no effect where \"rewriting\" is false (expected false)");
      }
      return false;
    }
    return !applies(PROPAGATE, OF_USERS) || propagateFlag();
  }

  private boolean propagateFlag() {
    return settings.flag(PROPAGATE, true);
  }

  private void localDomainsMap(SearchTable.Builder search, TableContext context) {
    String name = settings.requiredText("local_domains_map");
    context
        .resource(LookupTable.class, name)
        .ifPresentOrElse(
            search::localDomains,
            () -> settings.problem("local_domains_map", "no map is called \"" + name + "\""));
  }

  /** Tells whether an option is there; it is a mistake where it would change nothing. */
  private boolean applies(String name, Set<SearchKind> kinds) {
    if (settings.has(name) && !kinds.contains(kind)) {
      String fitting =
          String.join(", ", kinds.stream().sorted().map(SearchSettings::name).toList());
      settings.problem(
          name, "has no effect with search \"" + name(kind) + "\" (expected " + fitting + ")");
      return false;
    }
    return settings.has(name);
  }

  private <E extends Enum<E>> E word(String name, E byDefault, E[] values) {
    String word =
        settings.word(name, name(byDefault), Stream.of(values).map(SearchSettings::name).toList());
    return Enum.valueOf(byDefault.getDeclaringClass(), word.toUpperCase(Locale.ROOT));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
