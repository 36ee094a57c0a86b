package org.sockmapd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void letsConnectionsTakeTurnsEvenly() {
    Pace first = new Pace(0, 2, 1000);
    Pace second = new Pace(1, 2, 1000);
    assertThat(first.due(0)).isZero();
    assertThat(second.due(0)).isEqualTo(1_000_000);
    assertThat(first.due(1)).isEqualTo(2_000_000);
    assertThat(second.due(1)).isEqualTo(3_000_000);
  }

  @Test
  void keepsTheRateForDays() {
    Pace pace = new Pace(0, 3, 7);
    long week = 7L * 24 * 3600;
    assertThat(pace.due(week * 7 / 3)).isEqualTo(week * 1_000_000_000);
  }
}
