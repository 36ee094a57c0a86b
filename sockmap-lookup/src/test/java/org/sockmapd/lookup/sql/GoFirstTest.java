package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GoFirstTest {
  /** Not far from where a clock of this kind overflows. */
  private long now = Long.MAX_VALUE - Duration.ofMillis(10).toNanos();

  private Duration othersTake = Duration.ofNanos(50_000);
  private int yields;
  private final GoFirst goFirst = new GoFirst(() -> now, this::yielded);

  private void yielded() {
    yields++;
    pass(othersTake);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void letsOthersGoFirstEachTimeWhileTheyTakeLittle() {
    for (int i = 0; i < 1_000; i++) {
      goFirst.others();
    }
    assertThat(yields).isEqualTo(1_000);
  }

  @Test
  void stopsForATenthOfASecondWhenOthersTakeLong() {
    othersTake = Duration.ofMillis(3);
    goFirst.others();
    assertThat(yields).isEqualTo(1);

    pass(Duration.ofMillis(99));
    goFirst.others();
    assertThat(yields).isEqualTo(1);

    pass(Duration.ofMillis(1));
    goFirst.others();
    assertThat(yields).isEqualTo(2);
  }
}
