package org.sockmapd.cli.faults;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each fault has cost, one line each however often it happened: the sums, and the longest of
 * the last three columns. For use by one thread.
 */
final class FaultTable {
  private static final String HEAD =
      """
      | fault | times | lasted s | requests | TEMP | TIMEOUT | longest stall ms | answers again after ms | host in use again after ms |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|
      """;
  private static final String BYSTANDERS = "other databases meanwhile";

  private final Map<String, Row> rows = new TreeMap<>();

  /** The last two are the longest of all times. */
  private record Row(
      int times, Duration lasted, Tally tally, Duration failing, Duration returning) {
    Row plus(Row other) {
      return new Row(
          times + other.times,
          lasted.plus(other.lasted),
          tally.plus(other.tally),
          longer(failing, other.failing),
          longer(returning, other.returning));
    }

    private static Duration longer(Duration a, Duration b) {
      return a.compareTo(b) > 0 ? a : b;
    }

    String markdown(String fault) {
      return "| %s | %d | %d | %d | %d | %d | %d | %d | %d |%n"
          .formatted(
              fault,
              times,
              lasted.toSeconds(),
              tally.requests(),
              tally.temps(),
              tally.timeouts(),
              tally.longestMillis(),
              failing.toMillis(),
              returning.toMillis());
    }
  }

  void add(FaultReport report) {
    Row victim = new Row(1, report.lasted(), report.victim(), report.failing(), report.returning());
    rows.merge(report.fault(), victim, Row::plus);
    Row others = new Row(1, report.lasted(), report.bystanders(), Duration.ZERO, Duration.ZERO);
    rows.merge(BYSTANDERS, others, Row::plus);
  }

  String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.forEach((fault, row) -> text.append(row.markdown(fault)));
    return text.toString();
  }
}
