package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at what one connection shows of a table. */
final class TableCheck {
  private final Dialect dialect;

  TableCheck(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Looks at a table given by its columns. */
  TableReport report(Connection connection, String node, ColumnQuery query) throws SQLException {
    // Execution, unlike preparation, asks for the rights too.
    execute(connection, query.sqlWithoutRows());
    QualifiedTable table = QualifiedTable.of(query.names().table(), connection, dialect);
    return new TableReport(
        node,
        Optional.empty(),
        keyIndexed(connection.getMetaData(), table, query.names().key()),
        dialect.writePrivileges(connection, table, query.names().key()));
  }

  /** Looks at a query; it is not executed, since nobody knows what its functions do. */
  TableReport report(Connection connection, String node, TemplateQuery query) throws SQLException {
    String sql = query.statement().text();
    try {
      describe(connection, sql);
    } catch (SQLException e) {
      if (!query.refused(sql, e)) {
        throw e;
      }
      describe(connection, query.statement().text());
    }
    return new TableReport(node, Optional.empty(), Optional.empty(), java.util.List.of());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeQuery().close();
    }
  }

  private static void describe(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (statement.getMetaData() == null) {
        throw new SQLException("the query returns no rows");
      }
    }
  }

  private static Optional<Boolean> keyIndexed(
      DatabaseMetaData database, QualifiedTable table, String key) throws SQLException {
    if (!isTable(database, table)) {
      return Optional.empty();
    }
    try (ResultSet keys = database.getPrimaryKeys(table.catalog(), table.schema(), table.name());
        ResultSet indexes =
            database.getIndexInfo(table.catalog(), table.schema(), table.name(), false, true)) {
      return Optional.of(
          beginsWith(key, keys, "KEY_SEQ") || beginsWith(key, indexes, "ORDINAL_POSITION"));
    }
  }

  private static boolean isTable(DatabaseMetaData database, QualifiedTable table)
      throws SQLException {
    String escape = database.getSearchStringEscape();
    String pattern = table.name().replace("_", escape + "_").replace("%", escape + "%");
    try (ResultSet rows = database.getTables(table.catalog(), table.schema(), pattern, null)) {
      boolean found = false;
      while (rows.next() && !found) {
        found = String.valueOf(rows.getString("TABLE_TYPE")).contains("TABLE");
      }
      return found;
    }
  }

  private static boolean beginsWith(String key, ResultSet columns, String position)
      throws SQLException {
    boolean found = false;
    while (columns.next() && !found) {
      @Nullable String name = columns.getString("COLUMN_NAME");
      found = key.equalsIgnoreCase(name) && columns.getInt(position) == 1;
    }
    return found;
  }
}
