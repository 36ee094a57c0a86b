package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where JDBC's descriptions of a database have a table. */
record QualifiedTable(@Nullable String catalog, @Nullable String schema, String name) {

  /** Finds the place of {@code table} or {@code schema.table}. */
  static QualifiedTable of(String table, Connection connection, Dialect dialect)
      throws SQLException {
    int dot = table.lastIndexOf('.');
    String name = table.substring(dot + 1);
    @Nullable String qualifier = dot < 0 ? null : table.substring(0, dot);
    return switch (dialect) {
      case PostgresDialect d ->
          new QualifiedTable(null, qualifier != null ? qualifier : connection.getSchema(), name);
      case MySqlDialect d ->
          new QualifiedTable(qualifier != null ? qualifier : connection.getCatalog(), null, name);
      case SqliteDialect d -> new QualifiedTable(null, null, name);
    };
  }
}
