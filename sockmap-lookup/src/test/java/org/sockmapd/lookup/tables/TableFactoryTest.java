package org.sockmapd.lookup.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.cache.CachedTable;
import org.sockmapd.lookup.spi.SettingProblem;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

class TableFactoryTest {
  private static final String TYPES = "fail, inline, maps, pipemap, static, unionmap";
  private static final Map<String, Object> SEARCHING =
      Map.of("type", "inline", "entries", Map.of("@a.test", "all"), "search", "address");
  private static final Map<String, Object> CACHED =
      Map.of("type", "maps", "maps", "searching", "cache", Map.of());

  private final TableFactory factory =
      TableFactory.of(
          List.of(
              new InlineTableProvider(),
              new FailTableProvider(),
              new MapsTableProvider(),
              new PipeTableProvider(),
              new StaticTableProvider(),
              new UnionTableProvider()));
  private final List<SettingProblem> problems = new ArrayList<>();

  @Test
  void foldsKeysUnlessToldOtherwise() {
    Map<String, Object> entries = Map.of("Joe@A.test", "Bob");

    LookupTable folding = create(Map.of("type", "inline", "entries", entries));
    LookupTable exact = create(Map.of("type", "inline", "entries", entries, "fold_case", false));

    assertThat(folding.lookup("JOE@a.TEST")).isEqualTo(new Found("Bob"));
    assertThat(exact.lookup("Joe@A.test")).isEqualTo(new Found("Bob"));
    assertThat(exact.lookup("joe@a.test")).isEqualTo(new NotFound());
    assertThat(problems).isEmpty();
  }

  @Test
  void searchesFoldsAndFiltersInPostfixOrder() {
    LookupTable table =
        create(
            Map.of(
                "type", "inline",
                "entries", Map.of("joe@a.test", "@b.test", "@a.test", "all", "joe", "me"),
                "search", "address",
                "recipient_delimiter", "+",
                "domain", List.of("A.test")));

    assertThat(table.lookup("Joe+X@A.test")).isEqualTo(new Found("Joe+X@b.test"));
    assertThat(table.lookup("ann@a.test")).isEqualTo(new NotFound());
    assertThat(problems).isEmpty();
  }

  @Test
  void remembersWhatAWholeSearchGaveWhenToldTo() {
    Map<String, Object> settings =
        Map.of("type", "inline", "entries", Map.of("a", "1"), "cache", Map.of("found_ttl", "5m"));

    LookupTable table = create(settings);
    table.lookup("A");
    table.lookup("A");

    assertThat(table)
        .isInstanceOfSatisfying(
            CachedTable.class, cached -> assertThat(cached.statistics().hits()).isEqualTo(1));
    assertThat(problems).isEmpty();
    table.close();
  }

  @Test
  void tellsWhereASettingOfTheCacheIsWrong() {
    create(
            Map.of(
                "type", "inline", "entries", Map.of("a", "1"), "cache", Map.of("found_tll", "5m")))
        .close();

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[0].cache.found_tll: unknown setting; did you mean \"found_ttl\"?");
  }

  @Test
  void readsEveryOptionOfASearch() {
    LookupTable table =
        create(
            Map.of(
                "type", "inline",
                "entries", Map.of("joe", "bob", "ann@ü.test", "x"),
                "search", "address",
                "recipient_delimiter", "+",
                "local_domains", "a.test b.test",
                "propagate_unmatched_extensions", false,
                "idn", "both"));

    assertThat(table.lookup("joe+x@b.test")).isEqualTo(new Found("bob"));
    assertThat(table.lookup("ann@xn--tda.test")).isEqualTo(new Found("x"));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // rewriting, propagating, what joe+x@a.test gets, what the quoted one gets
    "     ,      , bob+x@b.test, nothing",
    "     , true , bob+x@b.test, nothing",
    "     , false, bob@b.test  , found",
    "true ,      , bob+x@b.test, nothing",
    "true , true , bob+x@b.test, nothing",
    "true , false, bob@b.test  , nothing",
    "false,      , bob@b.test  , found",
    "false, false, bob@b.test  , found",
  })
  void tellsRewritingFromPropagating(
      @Nullable Boolean rewriting, @Nullable Boolean propagating, String answer, String quoted) {
    Map<String, Object> settings = new java.util.HashMap<>();
    settings.put("type", "inline");
    settings.put(
        "entries", Map.of("joe@a.test", "bob@b.test", "a b@a.test", "x", "@b.test", "@new"));
    settings.put("search", "address");
    settings.put("recipient_delimiter", "+");
    if (rewriting != null) {
      settings.put("rewriting", rewriting);
    }
    if (propagating != null) {
      settings.put("propagate_unmatched_extensions", propagating);
    }

    LookupTable table = create(settings);

    assertThat(problems).isEmpty();
    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found(answer));
    boolean rewrites = quoted.equals("nothing");
    assertThat(table.lookup("\"a b\"@a.test"))
        .isEqualTo(rewrites ? new NotFound() : new Found("x"));
    assertThat(table.lookup("joe@b.test")).isEqualTo(new Found(rewrites ? "joe@new" : "@new"));
  }

  @Test
  void refusesToPropagateWhereNothingIsRewritten() {
    create(
        Map.of(
            "type",
            "inline",
            "entries",
            Map.of("a", "b"),
            "search",
            "address",
            "rewriting",
            false,
            "propagate_unmatched_extensions",
            true));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[0].propagate_unmatched_extensions: has no effect where \"rewriting\" is false"
                + " (expected false)");
  }

  @Test
  void foldsAsciiAloneWherePostfixKnowsNoUnicode() {
    Map<String, Object> entries = Map.of("Jürgen@A.test", "1", "JÜRGEN@A.test", "2");

    LookupTable table =
        create(Map.of("type", "inline", "entries", entries, "smtputf8_enable", false));

    assertThat(problems).isEmpty();
    assertThat(table.lookup("jürgen@a.TEST")).isEqualTo(new Found("1"));
    assertThat(table.lookup("JÜRGEN@a.test")).isEqualTo(new Found("2"));
  }

  @Test
  void makesTablesOfOthersAndOfOneValue() {
    LookupTable union = create(Map.of("type", "unionmap", "maps", List.of("one", "two")));
    LookupTable pipe = create(Map.of("type", "pipemap", "maps", List.of("one", "two")));
    LookupTable same = create(Map.of("type", "static", "value", "OK"));

    assertThat(problems).isEmpty();
    assertThat(union.lookup("A")).isEqualTo(new Found("b,b"));
    assertThat(pipe.lookup("A")).isEqualTo(new NotFound());
    assertThat(same.lookup("whatever")).isEqualTo(new Found("OK"));
  }

  @ParameterizedTest
  @CsvSource({
    "domain, absent, yes, no",
    "domain, dotted, no, yes",
    "transport, absent, no, yes",
    "transport, bare, yes, no",
    "access, absent, yes, no"
  })
  void writesParentDomainsAsPostfixDoesByDefault(
      String search, String style, String bare, String dotted) {
    Map<String, Object> settings = new java.util.HashMap<>();
    settings.put("type", "inline");
    settings.put("entries", Map.of("a.test", "bare", ".b.test", "dotted"));
    settings.put("search", search);
    if (!style.equals("absent")) {
      settings.put("parent_domain_style", style);
    }
    LookupTable table = create(settings);

    String user = search.equals("domain") ? "" : "joe@";
    assertThat(table.lookup(user + "x.a.test").equals(new Found("bare")))
        .isEqualTo(bare.equals("yes"));
    assertThat(table.lookup(user + "x.b.test").equals(new Found("dotted")))
        .isEqualTo(dotted.equals("yes"));
    assertThat(problems).isEmpty();
  }

  @Test
  void asksAnotherMapForTheLocalDomains() {
    LookupTable table =
        create(
            Map.of(
                "type", "inline",
                "entries", Map.of("joe", "bob"),
                "search", "address",
                "local_domains_map", "locals"));

    assertThat(table.lookup("joe@a.test")).isEqualTo(new Found("bob"));
    assertThat(table.lookup("joe@b.test")).isEqualTo(new NotFound());
    assertThat(problems).isEmpty();
  }

  @Test
  void makesATableThatFails() {
    assertThat(create(Map.of("type", "fail")).lookup("x"))
        .isEqualTo(new TemporaryFailure("this table always fails"));
    assertThat(create(Map.of("type", "fail", "reason", "out of order")).lookup("x"))
        .isEqualTo(new TemporaryFailure("out of order"));
    assertThat(problems).isEmpty();
  }

  @Test
  void namesTheKnownTypes() {
    create(Map.of("type", "inlien", "entries", Map.of()));
    create(Map.of());

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[0].type: unknown table type \"inlien\" (expected one of " + TYPES + ")",
            "postmaps[0].type: unknown table type \"sql\" (expected one of " + TYPES + ")");
  }

  @Test
  void reportsWhatItDoesNotKnowOrCannotUse() {
    create(
        Map.of(
            "type", "inline",
            "entries", Map.of("a", ""),
            "serch", "address",
            "recipient_delimiter", "+",
            "local_domains", "x",
            "domain", "/nowhere/at/all"));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactlyInAnyOrder(
            "postmaps[0].entries.a: needs a value that is not empty",
            "postmaps[0].serch: unknown setting; did you mean \"search\"?",
            "postmaps[0].recipient_delimiter: has no effect with search \"exact\" (expected address,"
                + " access, transport)",
            "postmaps[0].local_domains: has no effect with search \"exact\" (expected address)",
            "postmaps[0].domain: cannot read \"/nowhere/at/all\": no such file");
  }

  @Test
  void reportsADomainListThatWouldRefuseEveryKey() {
    create(Map.of("type", "fail", "domain", List.of()));
    create(Map.of("type", "fail", "domain", List.of("!a.test", " ")));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[0].domain: lists no domain, so that no key would be found",
            "postmaps[0].domain: lists no domain, so that no key would be found");
  }

  @Test
  void reportsAnUnknownSearchAndLocalDomainsThatAreNotThere() {
    create(Map.of("type", "fail", "search", "adress"));
    create(Map.of("type", "fail", "search", "address", "local_domains_map", "nowhere"));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[0].search: expected one of exact, address, access, domain, network,"
                + " transport, got \"adress\"",
            "postmaps[0].local_domains_map: no map is called \"nowhere\"");
  }

  @Test
  void reportsInlineEntriesThatFoldTogether() {
    create(Map.of("type", "inline", "entries", Map.of("a", "1", "A", "2")));
    create(Map.of("type", "inline"));

    assertThat(problems).hasSize(2);
    assertThat(problems.get(0).message())
        .isEqualTo("is the same as another key when case is folded");
    assertThat(problems.get(1))
        .hasToString("postmaps[0].entries: missing (expected an object of keys and values)");
  }

  @Test
  void reportsAMapThatSearchesAmongThoseThatAreSearchedTogether() {
    List<String> maps = List.of("locals", "searching", "cached");
    create(Map.of("type", "maps", "maps", maps, "search", "address"));
    create(Map.of("type", "maps", "maps", maps));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(searchesTwice("searching"), searchesTwice("cached"));
  }

  private static String searchesTwice(String name) {
    return "postmaps[0].maps: the map \""
        + name
        + "\" has a search of its own, and would give a less specific key than other maps of"
        + " \"map\" hold (expected a map without search; its table may be that of two maps)";
  }

  @Test
  void refusesTwoProvidersOfOneType() {
    assertThatThrownBy(
            () -> TableFactory.of(List.of(new FailTableProvider(), new FailTableProvider())))
        .hasMessage("two providers of the table type \"fail\"");
  }

  @Test
  void findsTheInstalledTypes() {
    Settings settings =
        new Settings("m", Map.of("type", "fail", "reason", "installed"), problems::add);

    assertThat(TableFactory.installed().create(settings, new Context()).lookup("x"))
        .isEqualTo(new TemporaryFailure("installed"));
  }

  private LookupTable create(Map<String, Object> settings) {
    return factory.create(new Settings("postmaps[0]", settings, problems::add), new Context());
  }

  private final class Context implements TableContext {
    @Override
    public String mapName() {
      return "map";
    }

    @Override
    public LookupEvents events() {
      return LookupEvents.NONE;
    }

    @Override
    public <T> Optional<T> resource(Class<T> type, String name) {
      return switch (name) {
        case "one", "two" -> Optional.of(type.cast(new InlineTable(Map.of("a", "b"))));
        case "locals" -> Optional.of(type.cast(new InlineTable(Map.of("a.test", "local"))));
        case "searching" -> Optional.of(type.cast(create(SEARCHING)));
        case "cached" -> Optional.of(type.cast(create(CACHED)));
        default -> Optional.empty();
      };
    }
  }
}
