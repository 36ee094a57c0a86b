package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedSelectTest {
  @Test
  void joinsAPlainSelectWithItself() {
    assertThat(joined("SELECT a FROM t WHERE k = ? LIMIT 1", SqlQuoting.POSTGRESQL, 2))
        .isEqualTo(
            "(SELECT a, '.0' FROM t WHERE k = ? LIMIT 1) UNION ALL (SELECT a, '.1' FROM t WHERE k = ? LIMIT 1)");
  }

  @Test
  void leavesParenthesesOutForSqlite() {
    assertThat(joined("select a from t where k = ?", SqlQuoting.SQLITE, 2))
        .isEqualTo("select a, '.0' from t where k = ? UNION ALL select a, '.1' from t where k = ?");
  }

  @Test
  void tellsTheRowsOfEachKeyAndNobodyElses() {
    MarkedSql sql =
        KeyedSelect.of("SELECT a FROM t WHERE k = ?", SqlQuoting.POSTGRESQL).orElseThrow().sql(12);
    StatementMark mark = sql.mark().orElseThrow();
    assertThat(sql.text()).contains("'" + mark.constant(11) + "'");
    assertThat(sql.key(mark.constant(11))).isEqualTo(11);
    MarkedSql other =
        KeyedSelect.of("SELECT b FROM t WHERE k = ?", SqlQuoting.POSTGRESQL).orElseThrow().sql(12);
    assertThat(other.key(mark.constant(11))).isEqualTo(-1);
  }

  /** The statement, with its mark left out. */
  private static String joined(String sql, SqlQuoting quoting, int keys) {
    MarkedSql joined = KeyedSelect.of(sql, quoting).orElseThrow().sql(keys);
    String mark = joined.mark().orElseThrow().constant(0).replace(".0", "");
    assertThat(mark).matches("[0-9a-f]{12}");
    return joined.text().replace(mark, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE k = ?",
        "SELECT DISTINCT a FROM t WHERE k = ?",
        "SELECT substring(a from 2) FROM t WHERE k = ?",
        "SELECT 'from' FROM t WHERE k = ?",
        "SELECT t.order FROM t WHERE k = ?",
        "SELECT (SELECT x FROM y ORDER BY z LIMIT 1) FROM t WHERE k = ?",
        "SELECT a FROM t JOIN (SELECT b FROM c UNION SELECT d FROM e) AS f ON true WHERE k = ?",
        "SELECT count(*) FROM t WHERE k = ? GROUP BY b HAVING count(*) > 1",
        "SELECT a FROM t WHERE k LIKE ? LIMIT 1",
      })
  void puts0BehindTheColumns(String sql) {
    String keyed = joined(sql, SqlQuoting.POSTGRESQL, 1);
    int from = keyed.indexOf(", '.0' FROM ");
    assertThat(keyed.substring(from).chars().filter(c -> c == '(').count())
        .isEqualTo(keyed.substring(from).chars().filter(c -> c == ')').count() - 1);
    assertThat("(" + sql + ")").isEqualTo(keyed.replace(", '.0' FROM ", " FROM "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t WHERE k = ? ORDER BY a",
        "SELECT a FROM t WHERE k = ? UNION SELECT b FROM u WHERE k = ?",
        "(SELECT a FROM t WHERE k = ?)",
        "WITH x AS (SELECT 1) SELECT a FROM x WHERE k = ?",
        "SELECT a FROM t WHERE k = ? FOR UPDATE",
        "SELECT f(?)",
        "SELECT a IS DISTINCT FROM b FROM t WHERE k = ?",
        "SELECT FROM t WHERE k = ?",
        "SELECT /*+ hint */ a FROM t WHERE k = ?",
        "CALL f(?)",
        "SHOW TABLES FROM x",
        "VALUES (?)"
      })
  void leavesOtherStatementsAlone(String sql) {
    assertThat(KeyedSelect.of(sql, SqlQuoting.POSTGRESQL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL, SELECT @n := @n + 1 FROM t WHERE k = ?, false",
    "POSTGRESQL, SELECT a FROM t WHERE k @> ?, true",
    "MYSQL, SELECT `from` FROM `t` WHERE k = ? LIMIT 1, true",
    "SQLITE, SELECT a FROM t WHERE k = ? LIMIT 1, false"
  })
  void mindsTheDialect(SqlQuoting quoting, String sql, boolean possible) {
    assertThat(KeyedSelect.of(sql, quoting).isPresent()).isEqualTo(possible);
  }
}
