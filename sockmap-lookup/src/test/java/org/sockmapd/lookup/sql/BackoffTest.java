package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Test
  void growsToItsBoundAndBeginsAnewWhenReset() {
    Backoff backoff = new Backoff(FIRST, LONGEST, always(0.5));
    assertThat(Stream.generate(() -> backoff.next().toMillis()).limit(6))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(FIRST);
  }

  @Test
  void isOffByAFifthAtMost() {
    assertThat(new Backoff(FIRST, LONGEST, always(0)).next()).isEqualTo(Duration.ofMillis(80));
    assertThat(new Backoff(FIRST, LONGEST, always(1)).next()).isEqualTo(Duration.ofMillis(120));
  }

  private static Random always(double value) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
