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

class PipeTableTest {
  private final LookupTable groups = new InlineTable(Map.of("b@a", "lost", "u@a", "g", "@a", "h"));
  private final LookupTable actions = new InlineTable(Map.of("g", "OK", "h", "REJECT"));

  @Test
  void asksEachTableForWhatTheOneBeforeItAnswered() {
    LookupTable pipe = new PipeTable(List.of(groups, actions));

    assertThat(pipe.lookup("u@a")).isEqualTo(new Found("OK"));
    assertThat(pipe.lookup("b@a")).isEqualTo(new NotFound());
    assertThat(pipe.lookup("x@a")).isEqualTo(new NotFound());
    assertThat(new PipeTable(List.of(groups)).lookup("u@a")).isEqualTo(new Found("g"));
  }

  @Test
  void goesOnWithALessSpecificKeyWhereOneIsLostOnTheWay() {
    LookupTable pipe = new PipeTable(List.of(groups, actions));

    assertThat(pipe.lookupFirst(List.of("b@a", "@a")))
        .isEqualTo(new FirstMatch("@a", new Found("REJECT")));
    assertThat(pipe.lookupFirst(List.of("@a", "b@a")))
        .isEqualTo(new FirstMatch("@a", new Found("REJECT")));
    assertThat(pipe.lookupFirst(List.of("x@a", "b@a")))
        .isEqualTo(new FirstMatch("b@a", new NotFound()));
  }

  @Test
  void failsWhereATableOnTheWayDoes() {
    LookupTable pipe = new PipeTable(List.of(groups, new FailTable("down"), actions));

    assertThat(pipe.lookupFirst(List.of("u@a", "@a")))
        .isEqualTo(new FirstMatch("u@a", new TemporaryFailure("down")));
    assertThat(pipe.lookup("x@a")).isEqualTo(new NotFound());
  }
}
