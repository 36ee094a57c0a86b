package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.template.KeyedSelect;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.RowExpansion;

/**
 * Asks for several keys with one statement. The database itself says which key a row belongs to,
 * since only it knows what its collation takes for equal.
 */
final class KeyUnion {
  private final TableQuery query;
  private final Statements statements;
  private final Function<String, RowExpansion> expansion;
  private volatile boolean exact = true;

  KeyUnion(TableQuery query, Statements statements, Function<String, RowExpansion> expansion) {
    this.query = query;
    this.statements = statements;
    this.expansion = expansion;
  }

  /**
   * False once a column turned out to be other than text, which a union may not write as it is
   * written alone; and for a query that cannot be asked so.
   */
  boolean exact() {
    return exact && query.keyed().isPresent();
  }

  /**
   * Answers each key, in their order. To be used only if this is {@link #exact} afterwards.
   *
   * @param keys at least one
   * @param size for how many keys the statement is made, at least as many
   * @throws SQLException if any of them cannot be answered
   */
  List<LookupResult> ask(Connection connection, String node, List<BoundKey> keys, int size)
      throws SQLException {
    KeyedSelect keyed = query.keyed().orElseThrow(() -> new SQLException("asked key by key only"));
    Rows rows = new Rows(keys);
    List<String> bound = bound(keys, size);
    MarkedSql sql = keyed.sql(size);
    statements.query(connection, node, sql, bound, rows);
    if (statements.asksAsWritten(sql)) {
      exact = false;
    }
    return rows.results();
  }

  /** The statement's further keys are the last one again; their rows are passed over. */
  private static List<String> bound(List<BoundKey> keys, int size) {
    List<String> bound = new ArrayList<>(size * keys.getFirst().values().size());
    for (int i = 0; i < size; i++) {
      bound.addAll(keys.get(Math.min(i, keys.size() - 1)).values());
    }
    return bound;
  }

  /** Sorts rows by their key. */
  private final class Rows implements Statements.RowReader {
    private final List<RowExpansion> values;

    Rows(List<BoundKey> keys) {
      this.values = new ArrayList<>(keys.size());
      for (BoundKey key : keys) {
        values.add(expansion.apply(key.key()));
      }
    }

    @Override
    public boolean read(ResultSet row, int columns, int key) throws SQLException {
      if (key < values.size()) {
        // That one key has enough says nothing of the others.
        query.read(row, columns, values.get(key));
      }
      return true;
    }

    List<LookupResult> results() {
      List<LookupResult> results = new ArrayList<>(values.size());
      for (RowExpansion value : values) {
        results.add(value.result());
      }
      return results;
    }
  }
}
