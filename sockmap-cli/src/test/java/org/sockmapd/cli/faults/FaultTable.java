package org.sockmapd.cli.faults;

import java.util.Map;
import java.util.TreeMap;

/** What each fault has cost, one line each however often it happened. For use by one thread. */
final class FaultTable {
  private static final String HEAD =
      """
      | fault | times | lasted s | requests | TEMP | TIMEOUT | longest stall ms | recovered after ms, mean | at most |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  private final Map<String, Row> rows = new TreeMap<>();

  private record Row(int times, long seconds, Tally tally, long recoveryMillis, long longest) {
    Row plus(Row other) {
      return new Row(
          times + other.times,
          seconds + other.seconds,
          tally.plus(other.tally),
          recoveryMillis + other.recoveryMillis,
          Math.max(longest, other.longest));
    }

    String markdown(String fault) {
      return "| %s | %d | %d | %d | %d | %d | %d | %d | %d |%n"
          .formatted(
              fault,
              times,
              seconds,
              tally.requests(),
              tally.temps(),
              tally.timeouts(),
              tally.longestMillis(),
              recoveryMillis / times,
              longest);
    }
  }

  void add(FaultReport report) {
    long recovery = report.recovery().toMillis();
    Row row = new Row(1, report.lasted().toSeconds(), report.victim(), recovery, recovery);
    rows.merge(report.fault(), row, Row::plus);
    Row others = new Row(1, report.lasted().toSeconds(), report.bystanders(), 0, 0);
    rows.merge("~ the other databases meanwhile", others, Row::plus);
  }

  String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.forEach((fault, row) -> text.append(row.markdown(fault)));
    return text.toString();
  }
}
