package org.sockmapd.lookup.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;

class MapsTableTest {
  private final LookupTable catchAll = new InlineTable(Map.of("@a", "all", "b@a", "first"));
  private final LookupTable users = new InlineTable(Map.of("u@a", "user", "b@a", "second"));
  private final LookupTable both = new MapsTable(List.of(catchAll, users));

  @Test
  void asksEveryTableForAKeyBeforeALessSpecificOne() {
    assertThat(both.lookupFirst(List.of("u@a", "@a")))
        .isEqualTo(new FirstMatch("u@a", new Found("user")));
    assertThat(both.lookupFirst(List.of("x@a", "@a")))
        .isEqualTo(new FirstMatch("@a", new Found("all")));
  }

  @Test
  void letsTheFirstTableAnswerWhereSeveralHoldTheKey() {
    assertThat(both.lookup("b@a")).isEqualTo(new Found("first"));
    assertThat(both.lookupFirst(List.of("b@a", "@a")).result()).isEqualTo(new Found("first"));
  }

  @Test
  void findsNothingWhereNoTableHoldsAKey() {
    assertThat(both.lookup("x@b")).isEqualTo(new NotFound());
    assertThat(both.lookupFirst(List.of("x@b", "@b")))
        .isEqualTo(new FirstMatch("@b", new NotFound()));
  }

  @Test
  void passesNoTableOverThatFails() {
    LookupTable failing = new MapsTable(List.of(catchAll, new FailTable("down"), users));

    assertThat(failing.lookup("u@a")).isEqualTo(new TemporaryFailure("down"));
    // A more specific key could be in the table that fails.
    assertThat(failing.lookupFirst(List.of("x@a", "@a")).result())
        .isEqualTo(new TemporaryFailure("down"));
    assertThat(failing.lookup("b@a")).isEqualTo(new Found("first"));
  }
}
