package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for what an account may do. */
final class Privileges {
  private Privileges() {}

  /** Reads the first column of every row. */
  static List<String> query(Connection connection, String sql, @Nullable String... bound)
      throws SQLException {
    List<String> privileges = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < bound.length; i++) {
        statement.setString(i + 1, bound[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          privileges.add(rows.getString(1));
        }
      }
    }
    return List.copyOf(privileges);
  }
}
