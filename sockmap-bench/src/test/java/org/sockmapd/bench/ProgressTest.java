package org.sockmapd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter out = new StringWriter();

  @Test
  void isDueOnceASecond() {
    Progress progress = new Progress(new PrintWriter(out), false);
    assertThat(progress.isDue(SECOND - 1)).isFalse();
    assertThat(progress.isDue(SECOND)).isTrue();
    progress.warmingUp(SECOND + 20_000_000, Duration.ofSeconds(2));
    assertThat(progress.isDue(2 * SECOND - 1)).isFalse();
    assertThat(progress.isDue(2 * SECOND)).isTrue();
    assertThat(out).hasToString("warming up, 1 s of 2 s\n");
  }

  @Test
  void showsTheFiguresOfTheLastSecond() {
    Progress progress = new Progress(new PrintWriter(out), false);
    Histogram recent = new Histogram(3);
    recent.recordValueWithCount(1_000_000, 600);
    progress.warmingUp(2 * SECOND, Duration.ofSeconds(2));
    progress.measuring(
        4 * SECOND, 2 * SECOND, Duration.ofSeconds(10), recent, new Counts(0, 0, 3, 2, 1, 0, 4, 5));
    assertThat(out)
        .asString()
        .contains("2 s of 10 s  300/s  p50 1.000 ms", "failed 6  wrong 4  lost 5\n");
  }

  @Test
  void writesOverItsLineOnATerminal() {
    Progress progress = new Progress(new PrintWriter(out), true);
    progress.warmingUp(SECOND, Duration.ofSeconds(2));
    progress.end();
    assertThat(out).hasToString("\r\u001b[Kwarming up, 1 s of 2 s\r\u001b[K");
  }
}
