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

class UnionTableTest {
  private final LookupTable one = new InlineTable(Map.of("@a", "all", "b@a", "first,1"));
  private final LookupTable two =
      new InlineTable(Map.of("u@a", "user", "b@a", "second", "@a", "2"));
  private final LookupTable three = new InlineTable(Map.of("b@a", "third"));
  private final LookupTable union = new UnionTable(List.of(one, two, three));

  @Test
  void joinsTheValuesOfAllTablesThatHoldTheKeyInTheirOrder() {
    assertThat(union.lookup("b@a")).isEqualTo(new Found("first,1,second,third"));
    assertThat(union.lookup("u@a")).isEqualTo(new Found("user"));
    assertThat(union.lookup("x@a")).isEqualTo(new NotFound());
  }

  @Test
  void joinsWhatIsFoundForTheMostSpecificKeyAlone() {
    assertThat(union.lookupFirst(List.of("u@a", "@a")))
        .isEqualTo(new FirstMatch("u@a", new Found("user")));
    assertThat(union.lookupFirst(List.of("b@a", "@a")))
        .isEqualTo(new FirstMatch("b@a", new Found("first,1,second,third")));
    assertThat(union.lookupFirst(List.of("x@a", "@a")))
        .isEqualTo(new FirstMatch("@a", new Found("all,2")));
    assertThat(union.lookupFirst(List.of("x@b", "@b")))
        .isEqualTo(new FirstMatch("@b", new NotFound()));
  }

  @Test
  void failsWhenATableFailsWhateverTheOthersHold() {
    LookupTable failing = new UnionTable(List.of(one, new FailTable("down"), three));

    assertThat(failing.lookup("b@a")).isEqualTo(new TemporaryFailure("down"));
    assertThat(failing.lookupFirst(List.of("x@a", "@a")).result())
        .isEqualTo(new TemporaryFailure("down"));
  }
}
