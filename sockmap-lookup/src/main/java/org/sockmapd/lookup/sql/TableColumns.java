package org.sockmapd.lookup.sql;

import java.util.Objects;
import java.util.Optional;

/**
 * Which columns of which table answer. Names are taken to the letter, and quoted for the database.
 *
 * @param table the table, or {@code schema.table}
 * @param key the column that the key is compared with
 * @param value the column that is the answer; without it, the key column is
 * @param reason a column whose text follows the value after a space; without it, or where it is
 *     NULL or empty, the value stands alone
 */
public record TableColumns(
    String table, String key, Optional<String> value, Optional<String> reason) {
  public TableColumns {
    requireName(table, "table");
    requireName(key, "key column");
    value.ifPresent(name -> requireName(name, "value column"));
    reason.ifPresent(name -> requireName(name, "reason column"));
  }

  private static void requireName(String name, String what) {
    Objects.requireNonNull(name, what);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " has no name");
    }
  }
}
