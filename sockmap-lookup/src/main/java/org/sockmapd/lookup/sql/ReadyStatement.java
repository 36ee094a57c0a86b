package org.sockmapd.lookup.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement that is made ready to be asked.
 *
 * @param statement the statement; closed with this
 * @param prelude how many results come before the one of the statement itself
 * @param binder gives it its values
 */
record ReadyStatement(PreparedStatement statement, int prelude, Binder binder)
    implements AutoCloseable {
  ReadyStatement(PreparedStatement statement) {
    this(statement, 0);
  }

  ReadyStatement(PreparedStatement statement, int prelude) {
    this(statement, prelude, PreparedStatement::setString);
  }

  /** Gives a value to a statement. */
  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement, int index, String value) throws SQLException;
  }

  /**
   * Asks, and gives the rows.
   *
   * @throws SQLException if it fails, or gives no rows (a procedure, or a change)
   */
  ResultSet ask(List<String> bound) throws SQLException {
    for (int i = 0; i < bound.size(); i++) {
      binder.bind(statement, i + 1, bound.get(i));
    }
    if (prelude == 0) {
      return statement.executeQuery();
    }
    boolean rows = statement.execute();
    for (int i = 0; i < prelude; i++) {
      rows = statement.getMoreResults();
    }
    if (!rows) {
      throw new SQLException("the query returned no rows", "02000");
    }
    return statement.getResultSet();
  }

  /**
   * Refuses a procedure that gives another result, of which nobody can say which one is meant. To
   * be called when the rows have been read; the drivers have all results by then.
   */
  void refuseFurtherResults() throws SQLException {
    boolean rows = statement.getMoreResults();
    while (!rows && statement.getUpdateCount() >= 0) {
      rows = statement.getMoreResults();
    }
    if (rows) {
      throw new SQLException("the query returned more than one result", "0A000");
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
