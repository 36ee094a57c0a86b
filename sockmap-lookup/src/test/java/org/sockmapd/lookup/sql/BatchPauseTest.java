package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchPauseTest {
  private final AtomicLong now = new AtomicLong();
  private final BatchPause pause = new BatchPause(now::get, new Random(1));

  /** How long the next pause is, in seconds, as its growth is a little off by chance. */
  private long nextPause() {
    pause.failed();
    long seconds = 0;
    while (pause.on()) {
      now.addAndGet(Duration.ofMillis(100).toNanos());
      seconds++;
    }
    return Math.round(seconds / 10.0);
  }

  @Test
  void isOffUntilSomethingFails() {
    assertThat(pause.on()).isFalse();
    pause.worked();
    assertThat(pause.on()).isFalse();
  }

  @Test
  void growsToAMinute() {
    assertThat(nextPause()).isEqualTo(1);
    assertThat(nextPause()).isBetween(1L, 3L);
    for (int i = 0; i < 10; i++) {
      nextPause();
    }
    assertThat(nextPause()).isBetween(48L, 72L);
  }

  @Test
  void beginsAnewAfterItWorked() {
    for (int i = 0; i < 5; i++) {
      nextPause();
    }
    pause.worked();
    assertThat(nextPause()).isEqualTo(1);
  }

  @Test
  void takesFailuresDuringThePauseForOne() {
    pause.failed();
    for (int i = 0; i < 20; i++) {
      pause.failed();
    }
    now.addAndGet(Duration.ofMillis(1300).toNanos());
    assertThat(pause.on()).isFalse();
  }
}
