package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TableHealthTest {
  private final AtomicLong clock = new AtomicLong();
  private final RecordedEvents events = new RecordedEvents();
  private final TableHealth health = new TableHealth("m", events, clock::get);

  @Test
  void saysAtOnceThatAMapFailsAndThatItAnswersAgain() {
    fail("42P01");
    fail("42P01");
    health.answered();
    health.answered();

    assertThat(events.lines).containsExactly("failing m", "recovered m");
  }

  @Test
  void aMapThatFailsAndAnswersByTurnsFillsNoLog() {
    for (int i = 0; i < 10_000; i++) {
      fail(i % 2 == 0 ? "42P01" : "42703");
      health.answered();
      pass(Duration.ofMillis(10));
    }
    assertThat(events.lines).startsWith("failing m", "recovered m", "failing m").hasSize(4);
    assertThat(events.lines.getLast()).as("it still fails").isEqualTo("failing m");

    pass(Duration.ofMinutes(1));
    health.answered();

    assertThat(events.lines.getLast()).isEqualTo("recovered m");
  }

  @Test
  void aCalmMinuteLaterEachFailureIsToldAgain() {
    fail("42P01");
    health.answered();
    pass(Duration.ofMinutes(2));
    fail("42P01");
    health.answered();

    assertThat(events.lines)
        .containsExactly("failing m", "recovered m", "failing m", "recovered m");
  }

  private void fail(String state) {
    health.failed(new LookupFailure(FailureKind.QUERY, "db", new SQLException("wrong", state)));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
