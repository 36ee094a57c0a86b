package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an account of MySQL or MariaDB may do to a table, by the server's own word: it refuses to
 * explain a statement to who may not run it. So every way of granting counts, roles included, and
 * nothing is run.
 */
final class MySqlPrivileges {
  /** The account may run it, but may not see what lies behind a view. */
  private static final int NO_EXPLANATION = 1345;

  private MySqlPrivileges() {}

  static List<String> toWrite(Connection connection, QualifiedTable table, String key)
      throws SQLException {
    String name = quoted(String.valueOf(table.catalog())) + "." + quoted(table.name());
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("INSERT", "INSERT INTO %s () VALUES ()".formatted(name));
    statements.put("UPDATE", "UPDATE %s SET %s = NULL WHERE FALSE".formatted(name, quoted(key)));
    statements.put("DELETE", "DELETE FROM %s WHERE FALSE".formatted(name));
    try (Statement statement = connection.createStatement()) {
      return statements.entrySet().stream()
          .filter(each -> explains(statement, each.getValue()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  private static boolean explains(Statement statement, String sql) {
    try {
      statement.executeQuery("EXPLAIN " + sql).close();
      return true;
    } catch (SQLException e) {
      return e.getErrorCode() == NO_EXPLANATION;
    }
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
