package org.sockmapd.lookup.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.ShadowDifference;

class ShadowedTableTest {
  private final LookupTable origin =
      new InlineTable(Map.of("same", "1", "other", "1", "gone", "1"));
  private final BlockingQueue<ShadowDifference> differences = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> comparisons = new LinkedBlockingQueue<>();
  private final LookupEvents events =
      new LookupEvents() {
        @Override
        public void shadowDiffers(String mapName, ShadowDifference difference) {
          differences.add(difference);
        }

        @Override
        public void shadowCompared(String mapName, String shadow, long compared, long differing) {
          comparisons.add(mapName + " " + shadow + " " + compared + " " + differing);
        }
      };

  @Test
  void reportsEachKeyThatTheOtherMapAnswersDifferently() throws InterruptedException {
    try (LookupTable table =
        shadowed(new InlineTable(Map.of("same", "1", "other", "2", "x", "3")))) {
      assertThat(table.lookup("same")).isEqualTo(new Found("1"));
      assertThat(table.lookup("other")).isEqualTo(new Found("1"));
      assertThat(table.lookup("gone")).isEqualTo(new Found("1"));
      table.lookup("x", answer -> assertThat(answer).isEqualTo(new NotFound()));

      assertThat(next()).isEqualTo(difference("other", new Found("1"), new Found("2"), 1, 2));
      assertThat(next()).isEqualTo(difference("gone", new Found("1"), new NotFound(), 2, 3));
      assertThat(next()).isEqualTo(difference("x", new NotFound(), new Found("3"), 3, 4));
    }
  }

  @Test
  void countsWhatWasCompared() throws InterruptedException {
    try (LookupTable table = shadowed(origin)) {
      for (int i = 0; i < 10; i++) {
        table.lookup("same");
      }
      assertThat(comparisons.poll(20, TimeUnit.SECONDS)).isEqualTo("map shadow 10 0");
      assertThat(differences).isEmpty();
    }
  }

  @Test
  void answersWhileTheOtherMapHangs() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    LookupTable hanging =
        key -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new NotFound();
        };
    try (LookupTable table = shadowed(hanging)) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(table.lookup("same")).isEqualTo(new Found("1"));
      }
      release.countDown();
      assertThat(next().key()).isEqualTo("same");
    }
  }

  @Test
  void takesAFailureForNoDifference() throws InterruptedException {
    try (LookupTable table = shadowed(new FailTable("down"))) {
      table.lookup("same");
      table.lookup("other");
    }
    try (LookupTable table =
        new ShadowedTable(
            "map", new FailTable("down"), new ShadowedTable.Shadow("shadow", origin), events)) {
      table.lookup("same");
    }
    assertThat(differences.poll(50, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void asksAgainBeforeItReportsADifference() throws InterruptedException {
    BlockingQueue<LookupResult> answers = new LinkedBlockingQueue<>();
    answers.add(new Found("0"));
    // The row had changed between the two; the second time both agree.
    LookupTable changing = key -> answers.isEmpty() ? new Found("1") : answers.remove();
    try (LookupTable table = shadowed(changing)) {
      for (int i = 0; i < 10; i++) {
        table.lookup("same");
      }
      assertThat(comparisons.poll(20, TimeUnit.SECONDS)).isEqualTo("map shadow 10 0");
    }
    assertThat(differences).isEmpty();
  }

  private LookupTable shadowed(LookupTable shadow) {
    return new ShadowedTable("map", origin, new ShadowedTable.Shadow("shadow", shadow), events);
  }

  private ShadowDifference next() throws InterruptedException {
    return differences.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ShadowDifference difference(
      String key, LookupResult answer, LookupResult other, long differing, long compared) {
    return new ShadowDifference("shadow", key, answer, other, differing, compared);
  }
}
