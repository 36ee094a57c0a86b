package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.sockmapd.lookup.template.MarkedSql;

/**
 * What a connection to PostgreSQL keeps in its session: statements prepared under a name, and their
 * time limit. A pooler in between gives each transaction whichever session is free, so both are
 * kept only in a session that is certainly the connection's own. In others nothing is left behind:
 * a statement travels with its parsing, without a name, and its time limit is set for its
 * transaction alone, in the same packet.
 *
 * <p>It is certain where the server process that the login named is the one that answers. A pooler
 * names one of its own invention; a proxy that forwards the bytes of a connection changes nothing.
 *
 * <p>The driver's threshold for naming statements remembers what was found out: 0 is never to name
 * them.
 */
record PostgresSession(PreparedStatements prepared, Duration statementTimeout) {
  /** No statement has that name, also after the driver prepared it anew; or another has it. */
  private static final Set<String> FOREIGN_NAME = Set.of("26000", "42P05");

  /** Among others: the statement of that name takes another number of values. */
  private static final String PROTOCOL_VIOLATION = "08P01";

  /** The statement of that name would give other columns than when it was prepared. */
  private static final String OUTDATED_PLAN = "0A000";

  private static final int NEVER_NAMED = 0;
  private static final int NAMED_AT_ONCE = 1;

  /**
   * Finds out whose session a new connection has.
   *
   * @param shared whether it is to be taken for another's too, whatever it looks like
   * @return what the node says it is
   */
  NodeRole begin(Connection connection, boolean shared) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      NodeRole role = begin(statement, driverOf(connection), shared);
      if (isOwn(connection)) {
        statement.execute("SET statement_timeout = " + statementTimeout.toMillis());
      }
      return role;
    }
  }

  private NodeRole begin(Statement statement, PGConnection driver, boolean shared)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.pg_backend_pid()")) {
      row.next();
      boolean own = row.getInt(2) == driver.getBackendPID();
      driver.setPrepareThreshold(!shared && names(own) ? NAMED_AT_ONCE : NEVER_NAMED);
      return row.getString(1).startsWith("t") ? NodeRole.REPLICA : NodeRole.PRIMARY;
    }
  }

  private boolean names(boolean own) {
    return switch (prepared) {
      case AUTO -> own;
      case NEVER -> false;
      case ALWAYS -> true;
    };
  }

  /** Tells whether what is kept in the session stays there, and is nobody else's. */
  boolean isOwn(Connection connection) throws SQLException {
    return prepared == PreparedStatements.AUTO && names(connection);
  }

  private static boolean names(Connection connection) throws SQLException {
    return driverOf(connection).getPrepareThreshold() != NEVER_NAMED;
  }

  private static PGConnection driverOf(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class);
  }

  /** Makes a statement ready, with its time limit. */
  ReadyStatement prepare(Connection connection, MarkedSql sql) throws SQLException {
    if (!names(connection)) {
      return new ReadyStatement(connection.prepareStatement(timeLimit() + sql.text()), 1);
    }
    PreparedStatement statement = connection.prepareStatement(sql.text());
    if (prepared == PreparedStatements.ALWAYS) {
      // The driver would send the limit and a statement that has a name one after the other.
      statement.setQueryTimeout((int) Math.max(1, statementTimeout.toSeconds()));
    } else if (sql.mark().isEmpty()) {
      // Were it another's after all, its rows would not tell.
      statement.unwrap(PGStatement.class).setPrepareThreshold(NEVER_NAMED);
    }
    return new ReadyStatement(statement);
  }

  /** A statement that sets the limit of those that follow it in one transaction. */
  private String timeLimit() {
    return "SELECT pg_catalog.set_config('statement_timeout', '%d', true); "
        .formatted(statementTimeout.toMillis());
  }

  /** Tells whether a failure comes of a session that is another's too. */
  boolean isBlamedFor(SQLException failure, Connection connection) throws SQLException {
    String state = String.valueOf(failure.getSQLState());
    return FOREIGN_NAME.contains(state)
        || (state.equals(PROTOCOL_VIOLATION) && isOwn(connection))
        || (state.equals(OUTDATED_PLAN) && names(connection) && !isOwn(connection));
  }
}
