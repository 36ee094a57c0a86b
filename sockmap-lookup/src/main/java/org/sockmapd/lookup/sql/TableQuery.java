package org.sockmapd.lookup.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.template.KeyedSelect;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.RowExpansion;

/** The question that a table asks, and how it reads what comes back. */
sealed interface TableQuery permits ColumnQuery, TemplateQuery {

  /** The statement for one key, with {@code ?} for each value to be bound. */
  MarkedSql statement();

  /** The values to bind for a key; empty when the key can be in no row. */
  Optional<List<String>> bind(String key);

  /** The same for several keys at once; empty when they must be asked one by one. */
  Optional<KeyedSelect> keyed();

  /**
   * Reads one row.
   *
   * @param columns how many columns hold values, from the first on
   * @return false when further rows would change nothing
   */
  boolean read(ResultSet row, int columns, RowExpansion values) throws SQLException;

  /**
   * Hears that a statement was refused.
   *
   * @param asked the statement; another thread may have been told of it before
   * @return true when {@link #statement} now gives another one, to be tried instead
   */
  boolean refused(String asked, SQLException failure);
}
