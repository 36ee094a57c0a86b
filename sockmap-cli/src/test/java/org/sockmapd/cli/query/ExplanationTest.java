package org.sockmapd.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private final StringWriter out = new StringWriter();
  private final Explanation explanation = new Explanation(new PrintWriter(out), true);

  @Test
  void showsAStatementWithItsValues() {
    explanation.queried("m", "db1", "SELECT v FROM t WHERE k = ?", List.of("a"), 1, time());

    assertThat(out)
        .hasToString(
            """
              sql     SELECT v FROM t WHERE k = ?
              bound   'a'
              node    db1, 1 row in 1.5 ms
            """);
  }

  @Test
  void shortensAStatementThatSaysTheSameOverAndOver() {
    String sql = "SELECT v " + "WHEN k = ? ".repeat(100) + "FROM t";
    explanation.queried("m", "db1", sql, Collections.nCopies(96, "10.0.0.0/8"), 2, time());

    assertThat(out.toString().lines())
        .allMatch(line -> line.length() < 700)
        .anyMatch(line -> line.startsWith("  sql     SELECT v ") && line.endsWith("FROM t"))
        .anyMatch(line -> line.endsWith(", ... (96 in all)"));
  }

  @Test
  void showsEveryKeyThatWasTried() {
    explanation.tried("m", Collections.nCopies(140, "10.0.0.0/8"), "10.0.0.0/8");

    assertThat(out.toString().lines().findFirst().orElseThrow().split(", ", -1)).hasSize(140);
    assertThat(out.toString()).endsWith("  matched '10.0.0.0/8'\n");
  }

  private static Duration time() {
    return Duration.ofNanos(1_500_000);
  }
}
