package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.search.IpAddress;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.RowExpansion;

/**
 * Asks a table of networks for the smallest one around an address. Where the key column is of a
 * type that knows what a network holds, the database is asked for that; a column of text is asked
 * for every network around the address by its name.
 *
 * <p>The type is learned with the first lookup, and again with one that fails.
 */
final class NetworkSearch implements ManyKeys {
  private final ColumnQuery query;
  private final Set<String> types;
  private final Statements statements;
  private final Function<String, RowExpansion> expansion;
  private final KeySearch names;
  private final MarkedSql sql;

  /** Whether the key column holds networks; null until it was asked. */
  private volatile @Nullable Boolean typed;

  NetworkSearch(
      ColumnQuery query,
      Set<String> types,
      Statements statements,
      Function<String, RowExpansion> expansion) {
    this.query = query;
    this.types = types;
    this.statements = statements;
    this.expansion = expansion;
    this.names = new KeySearch(query, statements, expansion);
    this.sql = query.sqlForNetworks();
  }

  @Override
  public boolean exact() {
    return names.exact();
  }

  @Override
  public FirstMatch first(Connection connection, String node, List<String> keys)
      throws SQLException {
    Boolean known = typed;
    boolean before = known != null ? known : learn(connection);
    try {
      return first(before, connection, node, keys);
    } catch (SQLException e) {
      if (known == null || isTyped(connection, e) == before) {
        throw e;
      }
      return first(!before, connection, node, keys);
    }
  }

  private FirstMatch first(boolean typed, Connection connection, String node, List<String> keys)
      throws SQLException {
    if (!typed) {
      return names.first(connection, node, keys);
    }
    Optional<IpAddress> address = IpAddress.parse(keys.getFirst());
    // A name is in no network, and the database would not even compare it.
    return address.isPresent()
        ? around(address.get(), connection, node)
        : new FirstMatch(keys.getLast(), new NotFound());
  }

  private FirstMatch around(IpAddress address, Connection connection, String node)
      throws SQLException {
    Smallest smallest = new Smallest(address.toString());
    statements.query(connection, node, sql, List.of(address.toString()), smallest::read);
    return smallest.match();
  }

  private boolean learn(Connection connection) throws SQLException {
    // Not prepared: a statement that is would remember the type.
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(query.sqlForKeyType())) {
      boolean networks = types.contains(none.getMetaData().getColumnTypeName(1));
      typed = networks;
      return networks;
    }
  }

  /** As {@link #learn}, on a connection that has just failed. */
  private boolean isTyped(Connection connection, SQLException failure) throws SQLException {
    try {
      return learn(connection);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Takes networks, the smallest first, until one has a value. For use by one thread. */
  private final class Smallest {
    private String network;
    private RowExpansion values;
    private int prefix = -1;

    Smallest(String address) {
      this.network = address;
      this.values = expansion.apply(address);
    }

    boolean read(ResultSet row, int columns, int key) throws SQLException {
      if (row.getInt(1) != prefix) {
        if (!(values.result() instanceof NotFound)) {
          return false;
        }
        prefix = row.getInt(1);
        network = row.getString(2);
        values = expansion.apply(network);
      }
      query.readFrom(row, 3, values);
      return true;
    }

    FirstMatch match() {
      return new FirstMatch(network, values.result());
    }
  }
}
