package org.sockmapd.lookup.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.template.RowExpansion;

/** The question that a table asks, and how it reads what comes back. */
sealed interface TableQuery permits ColumnQuery, TemplateQuery {

  /** The statement, with {@code ?} for each value to be bound. */
  String sql();

  /** The values to bind for a key; empty when the key can be in no row. */
  Optional<List<String>> bind(String key);

  /**
   * Reads one row.
   *
   * @return false when further rows would change nothing
   */
  boolean read(ResultSet row, RowExpansion values) throws SQLException;

  /**
   * Hears that the statement was refused.
   *
   * @return true when {@link #sql} now gives another one, to be tried instead
   */
  boolean refused(SQLException failure);
}
