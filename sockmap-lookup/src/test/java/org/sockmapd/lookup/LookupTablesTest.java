package org.sockmapd.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable.FirstMatch;

class LookupTablesTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTablesBeforeWhatTheyShareThoughOneFails() {
    LookupTables tables =
        LookupTables.builder()
            .shared(() -> closed.add("pool"))
            .add("first", table("first"))
            .add("second", table("second"))
            .shared(
                () -> {
                  throw new IllegalStateException("broken");
                })
            .build();

    tables.close();

    assertThat(closed).containsExactly("second", "first", "pool");
  }

  @Test
  void findsATableByItsExactNameOnly() {
    LookupTables tables = LookupTables.builder().add("recipient", table("t")).build();

    assertThat(tables.table("recipient")).isPresent();
    assertThat(tables.table("Recipient")).isEmpty();
    assertThat(tables.mapNames()).containsExactly("recipient");
  }

  @Test
  void refusesTwoTablesOfOneNameAndNamesThatNoRequestCanHold() {
    LookupTables.Builder builder = LookupTables.builder().add("recipient", table("t"));

    assertThatThrownBy(() -> builder.add("recipient", table("u")))
        .hasMessage("two tables for the map recipient");
    assertThatThrownBy(() -> builder.add("", table("u"))).hasMessage("not a map name: ''");
    assertThatThrownBy(() -> builder.add("a b", table("u"))).hasMessage("not a map name: 'a b'");
  }

  @Test
  void answersWithTheFirstOfSeveralKeys() {
    LookupTable table = fixed(Map.of("b", new Found("2"), "c", new Found("3")));

    assertThat(table.lookupFirst(List.of("a", "b", "c")))
        .isEqualTo(new FirstMatch("b", new Found("2")));
    assertThat(table.lookupFirst(List.of("x", "y"))).isEqualTo(new FirstMatch("y", new NotFound()));
  }

  @Test
  void letsNoLessSpecificKeyAnswerForOneThatFailed() {
    TemporaryFailure failure = new TemporaryFailure("down");
    LookupTable table = fixed(Map.of("a", failure, "b", new Found("2")));

    assertThat(table.lookupFirst(List.of("a", "b"))).isEqualTo(new FirstMatch("a", failure));
  }

  private LookupTable table(String name) {
    return new LookupTable() {
      @Override
      public LookupResult lookup(String key) {
        return new NotFound();
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private static LookupTable fixed(Map<String, LookupResult> results) {
    return key -> results.getOrDefault(key, new NotFound());
  }
}
