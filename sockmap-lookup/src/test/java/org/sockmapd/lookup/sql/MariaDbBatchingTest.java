package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;

class MariaDbBatchingTest implements BatchingContract {
  /** Statements for nine numbers of keys and for one, on each of three connections; and some. */
  private static final int MOST_PREPARED = 50;

  /** So that a statement for all keys would be too long to be kept. */
  private static final int MANY_LETTERS = 700;

  @Override
  public DatabaseServer server() {
    return MariaDbServer.shared();
  }

  @Override
  public String slowQuery() {
    return MySqlValues.SLOW_QUERY;
  }

  @Override
  public List<String[]> typedValues() {
    return MySqlValues.TYPED;
  }

  @Test
  void aLongQueryStaysPrepared() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    String query =
        "SELECT v FROM m WHERE k = '%%s' AND '%s' <> 'y'".formatted("x".repeat(MANY_LETTERS));
    long before = prepared();
    try (Database database = open()) {
      SqlTable table = query(database, statements, query);
      while (statements.batches.get() < 10 * MOST_PREPARED) {
        Asked.of(table, BatchingContract.keys(new Random(2))).results();
      }
    }
    assertThat(prepared() - before).isLessThan(MOST_PREPARED);
  }

  private long prepared() throws SQLException {
    try (Connection connection = server().connection("");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_stmt_prepare'")) {
      assertThat(row.next()).isTrue();
      return row.getLong(2);
    }
  }
}
