package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;

class OutageReportsTest {
  private final AtomicLong clock = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final LookupEvents events =
      new LookupEvents() {
        @Override
        public void nodeStillDown(String node, Duration outage, long unanswered) {
          lines.add(node + " " + outage.toMinutes() + " " + unanswered);
        }
      };
  private final OutageReports reports = new OutageReports(events, clock::get);

  @Test
  void saysEveryTenMinutesThatAnOutageGoesOnAndWhatItCost() {
    reports.unanswered(7);
    for (int minute = 0; minute <= 25; minute++) {
      reports.look("db1", true);
      reports.look("db2", false);
      reports.unanswered(2);
      clock.addAndGet(Duration.ofMinutes(1).toNanos());
    }

    assertThat(lines).containsExactly("db1 10 20", "db1 20 40");
  }

  @Test
  void beginsAnewWithTheNextOutage() {
    reports.look("db1", true);
    clock.addAndGet(Duration.ofMinutes(9).toNanos());
    reports.look("db1", false);
    reports.look("db1", true);
    clock.addAndGet(Duration.ofMinutes(9).toNanos());
    reports.look("db1", true);

    assertThat(lines).isEmpty();
  }
}
