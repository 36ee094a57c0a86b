package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.RowExpansion;

/**
 * Asks for several keys with one statement. The database itself says which key a row belongs to,
 * since only it knows what its collation takes for equal.
 */
final class KeySearch implements ManyKeys {
  /** The most keys of one statement: more than an IPv6 address has networks around it. */
  static final int MAX_KEYS = 160;

  /** Up to here each key has a statement's part of its own; past it they share one. */
  private static final int FEW_KEYS = 16;

  /** Enough for the networks around an IPv4 address. */
  private static final int SOME_KEYS = 48;

  private final ColumnQuery query;
  private final Statements statements;
  private final Function<String, RowExpansion> expansion;
  private final KeyUnion union;
  private final Map<Integer, MarkedSql> sqlByCount = new ConcurrentHashMap<>();
  private volatile boolean exact = true;

  KeySearch(ColumnQuery query, Statements statements, Function<String, RowExpansion> expansion) {
    this.query = query;
    this.statements = statements;
    this.expansion = expansion;
    this.union = new KeyUnion(query, statements, expansion);
  }

  /**
   * False once a column turned out to be other than text: where the rows of several keys come
   * together, such a value is not written as it is alone (MariaDB leaves out the zeros of a
   * ZEROFILL column).
   */
  @Override
  public boolean exact() {
    return exact && union.exact();
  }

  @Override
  public FirstMatch first(Connection connection, String node, List<String> keys)
      throws SQLException {
    List<BoundKey> bound = keys.stream().map(key -> new BoundKey(key, List.of(key))).toList();
    List<LookupResult> results =
        keys.size() > FEW_KEYS
            ? together(connection, node, keys)
            : union.ask(connection, node, bound, keys.size());
    return TableLookups.firstOf(bound, results, keys.getLast());
  }

  private List<LookupResult> together(Connection connection, String node, List<String> keys)
      throws SQLException {
    List<RowExpansion> values = keys.stream().map(expansion).toList();
    List<String> bound = padded(keys);
    MarkedSql sql = sqlByCount.computeIfAbsent(bound.size(), query::sqlForFirstOf);
    statements.query(
        connection,
        node,
        sql,
        twice(bound),
        (row, columns, key) -> {
          // That one key has enough says nothing of the others.
          query.read(row, columns, values.get(key));
          return true;
        });
    if (statements.asksAsWritten(sql)) {
      exact = false;
    }
    return values.stream().map(RowExpansion::result).toList();
  }

  /** Repeats the last key, so that there are not too many statements to prepare. */
  private static List<String> padded(List<String> keys) {
    int size = keys.size() > SOME_KEYS ? MAX_KEYS : SOME_KEYS;
    List<String> padded = new ArrayList<>(keys);
    padded.addAll(Collections.nCopies(size - keys.size(), keys.getLast()));
    return padded;
  }

  private static List<String> twice(List<String> keys) {
    List<String> twice = new ArrayList<>(keys);
    twice.addAll(keys);
    return twice;
  }
}
