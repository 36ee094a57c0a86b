package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private long now;
  private final ConnectionLimit limit =
      new ConnectionLimit(10, () -> now, RandomGenerator.getDefault());

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void allowsWhatIsWantedAsLongAsNothingElseIsKnown() {
    assertThat(limit.allows(0, 0)).isTrue();
    assertThat(limit.allows(4, 5)).isTrue();
    assertThat(limit.allows(4, 6)).isFalse();
    assertThat(limit.isBelowWanted()).isFalse();
  }

  @Test
  void allowsNoMoreThanANodeGave() {
    limit.refused(2, 3); // These three may be given yet.
    limit.given(3);
    limit.given(4);
    limit.refused(4, 0);
    assertThat(limit.known()).isEqualTo(4);
    assertThat(limit.allows(3, 0)).isTrue();
    assertThat(limit.allows(3, 1)).isFalse();
    assertThat(limit.allows(4, 0)).isFalse();
  }

  @Test
  void triesOneMoreAfterPausesThatGrow() {
    limit.refused(4, 0);
    pass(Duration.ofMillis(1300));
    assertThat(limit.allows(4, 0)).isTrue();
    assertThat(limit.allows(4, 1)).isFalse();
    limit.refused(4, 0);
    pass(Duration.ofMillis(1300));
    assertThat(limit.allows(4, 0)).isFalse();
    pass(Duration.ofMillis(1300));
    assertThat(limit.allows(4, 0)).isTrue();
  }

  @Test
  void goesOnAtOnceWhenOneMoreWasGiven() {
    limit.refused(4, 0);
    pass(Duration.ofMillis(1300));
    limit.given(5);
    assertThat(limit.known()).isEqualTo(5);
    assertThat(limit.allows(5, 0)).isTrue();
  }

  @Test
  void manyRefusalsAtOneTimeArePausedForOnce() {
    for (int opening = 6; opening >= 0; opening--) {
      limit.refused(3, opening);
    }
    assertThat(limit.known()).isEqualTo(3);
    pass(Duration.ofMillis(1300));
    assertThat(limit.allows(3, 0)).isTrue();
  }

  @Test
  void knowsNothingOfANodeThatCameBack() {
    limit.refused(4, 0);
    limit.forget();
    assertThat(limit.allows(9, 0)).isTrue();
    assertThat(limit.isBelowWanted()).isFalse();
  }
}
