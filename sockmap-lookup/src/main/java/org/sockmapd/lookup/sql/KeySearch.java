package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.template.RowExpansion;

/**
 * Asks for several keys with one statement. The database itself says which key a row belongs to,
 * since only it knows what its collation takes for equal.
 */
final class KeySearch {
  /** How many keys one statement takes, so that there are not too many statements to prepare. */
  static final int MAX_KEYS = 16;

  private final ColumnQuery query;
  private final Statements statements;
  private final Function<String, RowExpansion> expansion;
  private final Map<Integer, String> sqlByCount = new ConcurrentHashMap<>();

  KeySearch(ColumnQuery query, Statements statements, Function<String, RowExpansion> expansion) {
    this.query = query;
    this.statements = statements;
    this.expansion = expansion;
  }

  /** Finds the first key that has a value. */
  FirstMatch first(Connection connection, String node, List<String> keys) throws SQLException {
    List<RowExpansion> values = keys.stream().map(expansion).toList();
    read(connection, node, keys, values);
    for (int i = 0; i < keys.size(); i++) {
      LookupResult result = values.get(i).result();
      if (!(result instanceof NotFound)) {
        return new FirstMatch(keys.get(i), result);
      }
    }
    return new FirstMatch(keys.getLast(), new NotFound());
  }

  private void read(
      Connection connection, String node, List<String> keys, List<RowExpansion> values)
      throws SQLException {
    String sql = sqlByCount.computeIfAbsent(keys.size(), query::sqlForKeys);
    statements.query(
        connection,
        node,
        sql,
        keys,
        row -> {
          // That one key has enough says nothing of the others.
          query.read(row, 2, values.get(row.getInt(1)));
          return true;
        });
  }
}
