package org.sockmapd.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long FROM_MEMORY = 2_000;
  private static final long FROM_A_DATABASE = 60_000;

  private final Pace pace = new Pace();

  @Test
  void isNotPromptBeforeItHasShown() {
    took(FROM_MEMORY, 14);
    assertThat(pace.prompt()).isFalse();

    took(FROM_MEMORY, 1);

    assertThat(pace.prompt()).isTrue();
  }

  @Test
  void isPromptWithOneOfSixteenPutOff() {
    took(FROM_MEMORY, 16);
    took(FROM_A_DATABASE, 1);
    assertThat(pace.prompt()).isTrue();

    took(FROM_MEMORY, 14);
    took(FROM_A_DATABASE, 1);

    assertThat(pace.prompt()).isFalse();
  }

  @Test
  void isNotPromptWhenAnswersComeLater() {
    took(FROM_MEMORY, 16);
    later(2);
    assertThat(pace.prompt()).isFalse();
  }

  @Test
  void isLateWhenHalfOfTheAnswersAre() {
    took(FROM_MEMORY, 16);
    later(3);
    took(FROM_A_DATABASE, 1);
    later(3);
    took(FROM_A_DATABASE, 1);
    later(1);
    assertThat(pace.late()).isFalse();

    later(1);
    assertThat(pace.late()).isTrue();

    took(FROM_A_DATABASE, 6);
    assertThat(pace.late()).isTrue();
    took(FROM_A_DATABASE, 1);
    assertThat(pace.late()).isFalse();
  }

  @Test
  void isLateWhenTheLatestFourAnswersAre() {
    later(3);
    assertThat(pace.late()).isFalse();

    later(1);
    assertThat(pace.late()).isTrue();
  }

  @Test
  void isHeldUpOnlyByTablesThatAnswerThemselves() {
    later(16);
    took(FROM_MEMORY, 12);
    took(FROM_A_DATABASE, 4);
    assertThat(pace.heldUp()).isFalse();

    took(FROM_A_DATABASE, 1);

    assertThat(pace.heldUp()).isTrue();
  }

  @Test
  void forgetsWhatHeldItUpOutsideOfALoop() {
    took(FROM_A_DATABASE, 16);

    pace.enterLoop();
    took(FROM_A_DATABASE, 4);
    assertThat(pace.heldUp()).isFalse();

    took(FROM_A_DATABASE, 1);
    assertThat(pace.heldUp()).isTrue();
  }

  @Test
  void timesOneOfSixteen() {
    int timed = 0;
    for (int i = 0; i < 160; i++) {
      timed += pace.next() ? 1 : 0;
    }
    assertThat(timed).isEqualTo(10);
  }

  private void took(long nanos, int times) {
    for (int i = 0; i < times; i++) {
      pace.answered(true);
      pace.took(nanos);
    }
  }

  /** It may take long to ask, too. */
  private void later(int times) {
    for (int i = 0; i < times; i++) {
      pace.answered(false);
      pace.took(FROM_A_DATABASE);
    }
  }
}
