package org.sockmapd.lookup.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.tables.FailTable;
import org.sockmapd.lookup.tables.InlineTable;

class SearchTableTest {
  private static final SearchPlan ADDRESS =
      SearchPlan.builder(SearchKind.ADDRESS).recipientDelimiter("+").build();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "joe@a.test       | bob@b.test                  | bob@b.test",
        "joe+x@a.test     | bob@b.test                  | bob+x@b.test",
        "joe+X@a.test     | bob@b.test, ann             | bob+X@b.test,ann+X",
        "joe+x@a.test     | Bob B <bob@b.test>          | bob+x@b.test",
        "joe+x@a.test     | \"b, b\"@b.test,c@c         | \"b, b+x\"@b.test,c+x@c",
        "joe+x@a.test     | bob@b.test,                 | bob+x@b.test",
        "~joe+x y~@a.test | bob@b.test                  | ~bob+x y~@b.test",
        "joe@a.test       | @b.test                     | joe@b.test",
        "joe+x@a.test     | @b.test                     | joe+x@b.test",
        "joe@a.test       | a b@c  ,  d                 | a b@c  ,  d",
        "joe+x@a.test     | @b.test,c@c                 | ~joe@b.test,c+x~@c",
        "joe+x@a.test     | bob@b.test ann@c.test       | bob+x@b.test,ann+x@c.test",
        "joe+x@a.test     | bob ann@c.test              | bob+x,ann+x@c.test",
        "joe+x@a.test     | bob@b.test (the boss), ann  | bob+x@b.test,ann+x",
        "joe+x@a.test     | all: bob@b.test, ann;       | bob+x@b.test,ann+x",
        "joe+x@a.test     | <bob@b.test> Ann <ann@c>    | bob+x@b.test,ann+x@c",
        "joe+x@a.test     | bob@[192.0.2.1]             | bob+x@[192.0.2.1]",
        "joe+x@a.test     | b.ob%c.test                 | b.ob+x%c.test",
        "joe+x@a.test     | ,                           | ,",
      })
  void completesWhatWasFoundForTheAddressWithoutItsExtension(
      String asked, String value, String answer) {
    SearchTable table = search(ADDRESS, Map.of("joe@a.test", value.replace('~', '"')));

    assertThat(table.lookup(asked.replace('~', '"')))
        .isEqualTo(new Found(answer.replace('~', '"')));
  }

  @Test
  void leavesTheAnswerToTheFullAddressAsItIs() {
    SearchTable table = search(ADDRESS, Map.of("joe+x@a.test", "bob@b.test, ann"));

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found("bob@b.test, ann"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "joe+x@a.test   | @b.test         | joe+x@b.test",
        "Joe@a.test     | @b.test,@c.test | ~Joe@b.test,~@c.test",
        "joe@a.test     | x@b.test,@c.test| x@b.test,@c.test",
        "~a@b~@a.test   | @b.test         | ~a@b~@b.test",
        "joe+x@a.test   | all@b.test      | all@b.test",
      })
  void keepsTheWholeLocalpartWhereTheDomainWasFound(String asked, String value, String answer) {
    SearchTable table = search(ADDRESS, Map.of("@a.test", value));

    assertThat(table.lookup(asked.replace('~', '"')))
        .isEqualTo(new Found(answer.replace('~', '"')));
  }

  @Test
  void dropsTheExtensionWhenToldNotToPropagateIt() {
    SearchTable table =
        SearchTable.builder(
                ADDRESS, new InlineTable(Map.of("joe@a.test", "bob", "ann@a.test", "@b.test")))
            .propagateExtension(false)
            .build();

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found("bob"));
    assertThat(table.lookup("ann+x@a.test")).isEqualTo(new Found("ann@b.test"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@new", "@new,joe@x", "bob@b.test ann@c.test", "smtp:[mx.test]"})
  void leavesAValueThatIsNotForRewritingAsItIs(String value) {
    SearchPlan plan =
        SearchPlan.builder(SearchKind.ADDRESS).recipientDelimiter("+").rewriting(false).build();
    SearchTable table = search(plan, Map.of("joe@a.test", value, "@b.test", value));

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found(value));
    assertThat(table.lookup("joe+x@b.test")).isEqualTo(new Found(value));
  }

  @Test
  void leavesTheAnswersOfOtherSearchesAsTheyAre() {
    SearchPlan access = SearchPlan.builder(SearchKind.ACCESS).recipientDelimiter("+").build();
    SearchTable table = search(access, Map.of("joe@a.test", "OK", "a.test", "@odd"));

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found("OK"));
    assertThat(table.lookup("ann@a.test")).isEqualTo(new Found("@odd"));
  }

  @Test
  void letsNoLessSpecificKeyAnswerForOneThatFailed() {
    LookupTable origin =
        key ->
            switch (key) {
              case "joe@a.test" -> new TimedOut("slow");
              case "@a.test" -> new Found("anybody");
              default -> new NotFound();
            };

    assertThat(SearchTable.builder(ADDRESS, origin).build().lookup("joe+x@a.test"))
        .isEqualTo(new TimedOut("slow"));
    assertThat(SearchTable.builder(ADDRESS, origin).build().lookup("ann@a.test"))
        .isEqualTo(new Found("anybody"));
    assertThat(SearchTable.builder(ADDRESS, origin).build().lookup("ann@b.test"))
        .isEqualTo(new NotFound());
  }

  @Test
  void holdsNoThreadUpThatAsksItForSeveralKeys() {
    List<Consumer<? super FirstMatch>> asked = new ArrayList<>();
    List<FirstMatch> answers = new ArrayList<>();
    LookupTable late =
        new LookupTable() {
          @Override
          public LookupResult lookup(String key) {
            throw new AssertionError("waits for an answer");
          }

          @Override
          public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
            asked.add(answer);
          }
        };
    SearchTable table = SearchTable.builder(ADDRESS, late).build();

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> table.lookupFirst(List.of("joe@a.test", "ann@b.test", "bob@c.test"), answers::add));
    asked.getFirst().accept(new FirstMatch("@a.test", new NotFound()));
    assertThat(answers).isEmpty();
    asked.getLast().accept(new FirstMatch("@b.test", new Found("x")));

    assertThat(answers).containsExactly(new FirstMatch("ann@b.test", new Found("x")));
    assertThat(asked).hasSize(2);
  }

  @Test
  void namesTheLastOfSeveralKeysWhenItFindsNone() {
    List<FirstMatch> answers = new ArrayList<>();

    search(ADDRESS, Map.of()).lookupFirst(List.of("joe@a.test", "ann@b.test"), answers::add);

    assertThat(answers).containsExactly(new FirstMatch("ann@b.test", new NotFound()));
  }

  @Test
  void asksForEveryKeyAtOnce() {
    List<List<String>> asked = new ArrayList<>();
    SearchTable table = SearchTable.builder(ADDRESS, recording(asked)).build();

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new NotFound());
    assertThat(asked).containsExactly(List.of("joe+x@a.test", "joe@a.test", "@a.test"));
  }

  @Test
  void saysWhichKeysItTriedAndWhichMatched() {
    List<String> heard = new ArrayList<>();
    LookupEvents events =
        new LookupEvents() {
          @Override
          public boolean explains() {
            return true;
          }

          @Override
          public void tried(String mapName, List<String> keys, @Nullable String matched) {
            heard.add(mapName + " " + keys + " " + matched);
          }
        };
    SearchTable table =
        SearchTable.builder(ADDRESS, new InlineTable(Map.of("@a.test", "x")))
            .events("virtual", events)
            .build();

    table.lookup("joe@a.test");
    table.lookup("joe@b.test");

    assertThat(heard)
        .containsExactly(
            "virtual [joe@a.test, @a.test] @a.test", "virtual [joe@b.test, @b.test] null");
  }

  @Test
  void findsAUserAloneOnlyInTheDomainsThatAnotherTableCallsLocal() {
    Map<String, String> entries = Map.of("joe", "bob", "@b.test", "all@b.test");
    SearchTable table =
        SearchTable.builder(ADDRESS, new InlineTable(entries))
            .localDomains(new InlineTable(Map.of("a.test", "local")))
            .build();

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found("bob+x"));
    assertThat(table.lookup("joe@b.test")).isEqualTo(new Found("all@b.test"));
    assertThat(table.lookup("joe@c.test")).isEqualTo(new NotFound());
  }

  @Test
  void takesNamesAndATableOfLocalDomainsTogether() {
    SearchPlan plan =
        SearchPlan.builder(SearchKind.ADDRESS).localDomains(DomainList.of("c.test")).build();
    SearchTable table =
        SearchTable.builder(plan, new InlineTable(Map.of("joe", "bob")))
            .localDomains(new InlineTable(Map.of("a.test", "local")))
            .build();

    assertThat(table.lookup("joe@a.test")).isEqualTo(new Found("bob"));
    assertThat(table.lookup("joe@c.test")).isEqualTo(new Found("bob"));
    assertThat(table.lookup("joe@b.test")).isEqualTo(new NotFound());
  }

  @Test
  void asksForTheLocalDomainsOnlyWhenItDependsOnThem() {
    SearchTable table =
        SearchTable.builder(ADDRESS, new InlineTable(Map.of("joe", "bob", "ann@b.test", "x")))
            .localDomains(new FailTable("down"))
            .build();

    assertThat(table.lookup("ann@b.test")).isEqualTo(new Found("x"));
    assertThat(table.lookup("joe@b.test")).isEqualTo(new TemporaryFailure("down"));
  }

  @Test
  void foldsTheKeysButNotWhatGoesIntoTheAnswer() {
    LookupTable folded =
        new FoldedTable(new InlineTable(Map.of("@a.test", "@b.test", "joe@a.test", "Bob@B.test")));
    SearchTable table = SearchTable.builder(ADDRESS, folded).build();

    assertThat(table.lookup("Ann@A.test")).isEqualTo(new Found("Ann@b.test"));
    assertThat(table.lookup("JOE+Ext@A.test")).isEqualTo(new Found("Bob+Ext@B.test"));
  }

  @Test
  void appliesTheDomainsToEachKeyAsPostfixDoes() {
    LookupTable filtered =
        new DomainFilteredTable(
            DomainList.of("A.test"),
            new InlineTable(Map.of("@a.test", "all", "joe@a.test", "bob", "ann@b.test", "x")));
    SearchTable table = SearchTable.builder(ADDRESS, filtered).build();

    assertThat(table.lookup("joe+x@a.test")).isEqualTo(new Found("bob+x"));
    assertThat(table.lookup("ann@a.test")).isEqualTo(new NotFound());
    assertThat(table.lookup("ann@b.test")).isEqualTo(new NotFound());
    assertThat(table.lookup("joe")).isEqualTo(new NotFound());
  }

  @Test
  void closesTheTableItSearches() {
    List<String> closed = new ArrayList<>();
    LookupTable origin =
        new LookupTable() {
          @Override
          public LookupResult lookup(String key) {
            return new NotFound();
          }

          @Override
          public void close() {
            closed.add("origin");
          }
        };

    SearchTable.builder(
            ADDRESS, new FoldedTable(new DomainFilteredTable(DomainList.of("a"), origin)))
        .build()
        .close();

    assertThat(closed).containsExactly("origin");
  }

  private static SearchTable search(SearchPlan plan, Map<String, String> entries) {
    return SearchTable.builder(plan, new InlineTable(entries)).build();
  }

  private static LookupTable recording(List<List<String>> asked) {
    return new LookupTable() {
      @Override
      public LookupResult lookup(String key) {
        throw new AssertionError("asked for one key alone: " + key);
      }

      @Override
      public FirstMatch lookupFirst(List<String> keys) {
        asked.add(keys);
        return new FirstMatch(keys.getLast(), new NotFound());
      }
    };
  }
}
