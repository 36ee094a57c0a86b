package org.sockmapd.lookup.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedSqlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM t WHERE k = ? | SELECT a M FROM t WHERE k = ?",
        "SELECT a FROM t WHERE k = ? ORDER BY 1 LIMIT 1 | SELECT a M FROM t WHERE k = ? ORDER BY 1 LIMIT 1",
        "SELECT a FROM t WHERE k = ? FOR UPDATE | SELECT a M FROM t WHERE k = ? FOR UPDATE",
        "SELECT a FROM t UNION SELECT b FROM u | SELECT a M FROM t UNION SELECT b M FROM u",
        "SELECT a FROM t UNION ALL SELECT ? EXCEPT SELECT b FROM u "
            + "| SELECT a M FROM t UNION ALL SELECT ? M EXCEPT SELECT b M FROM u",
        "WITH x AS (SELECT 1) SELECT a FROM x | WITH x AS (SELECT 1) SELECT a M FROM x",
        "SELECT f(?) | SELECT f(?) M",
        "SELECT (f(?)).* | SELECT (f(?)).* M",
        "SELECT substring(a from 2), 'from' FROM t | SELECT substring(a from 2), 'from' M FROM t",
        "SELECT a IS DISTINCT FROM b FROM t | SELECT a IS DISTINCT FROM b M FROM t",
        "SELECT t.union, t.order FROM t | SELECT t.union, t.order M FROM t"
      })
  void putsTheMarkBehindTheColumnsOfEachPart(String sql, String marked) {
    MarkedSql statement = MarkedSql.of(sql, SqlQuoting.POSTGRESQL);
    String mark = ", '" + statement.mark().orElseThrow().constant(0) + "'";
    assertThat(statement.text().replace(" " + mark, mark).replaceAll(" ?" + mark, " M"))
        .isEqualTo(marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(SELECT a FROM t) UNION (SELECT b FROM u)",
        "SELECT a FROM t UNION (SELECT b FROM u)",
        "SELECT a FROM t UNION VALUES (?)",
        "WITH x AS (SELECT 1) INSERT INTO t SELECT a FROM x RETURNING a",
        "UPDATE t SET a = 1 WHERE k = ? RETURNING a",
        "SELECT a INTO u FROM t",
        "SELECT FROM t",
        "SELECT ? WHERE true",
        "SELECT a FROM t; SELECT b FROM u",
        "SELECT /*+ hint */ a FROM t",
        "VALUES (?)",
        "TABLE t",
        "CALL f(?)",
        "SHOW all",
        "SELECT 'open FROM t"
      })
  void leavesAloneWhatItCannotTell(String sql) {
    MarkedSql statement = MarkedSql.of(sql, SqlQuoting.POSTGRESQL);
    assertThat(statement.text()).isEqualTo(sql);
    assertThat(statement.mark()).isEmpty();
    assertThat(statement.columns(3)).isEqualTo(3);
    assertThat(statement.key("whatever")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, SELECT a EXCEPT SELECT b, true",
    "MYSQL, SELECT except FROM t, false",
    "MYSQL, SELECT a FROM t PROCEDURE ANALYSE(), true",
    "MYSQL, SELECT a FROM t INTO @x, false",
    "SQLITE, SELECT a FROM t ORDER BY b LIMIT 1, true"
  })
  void mindsTheDialect(SqlQuoting quoting, String sql, boolean marked) {
    assertThat(MarkedSql.of(sql, quoting).mark().isPresent()).isEqualTo(marked);
  }

  @Test
  void takesOnlyItsOwnMark() {
    StatementMark mark = StatementMark.of("SELECT a");
    assertThat(mark.key(mark.constant(0))).isZero();
    assertThat(mark.key(mark.constant(159))).isEqualTo(159);
    assertThat(mark.key(null)).isEqualTo(-1);
    assertThat(mark.key("")).isEqualTo(-1);
    assertThat(mark.key(mark.constant(1) + "x")).isEqualTo(-1);
    assertThat(mark.key(mark.constant(1).replace("1", ""))).isEqualTo(-1);
    assertThat(mark.key(mark.constant(9) + "999999999999")).isPositive();
    assertThat(mark.key(StatementMark.of("SELECT b").constant(0))).isEqualTo(-1);
  }
}
