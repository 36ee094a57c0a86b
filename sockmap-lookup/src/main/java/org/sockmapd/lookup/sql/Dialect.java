package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jooq.SQLDialect;

/** What one kind of database does in its own way. */
sealed interface Dialect permits PostgresDialect, MySqlDialect, SqliteDialect {

  /** Finds the dialect of a database. */
  static Dialect of(DatabaseSettings settings) {
    return switch (settings.type()) {
      case POSTGRESQL -> new PostgresDialect(settings);
      case MYSQL, MARIADB -> new MySqlDialect(settings);
      case SQLITE -> new SqliteDialect(settings);
    };
  }

  /** How identifiers are quoted. */
  SQLDialect jooq();

  /** The driver's class. */
  String driver();

  /** The driver's name for a node. */
  String url(String node);

  /** What the driver is told of one connection that must stand within a time. */
  Properties properties(Duration timeout);

  /**
   * Sets a new connection up, and refuses a node that answers but must not be asked.
   *
   * @param statementTimeout when the server is to give up on a statement
   * @return what the node says it is
   */
  NodeRole begin(Connection connection, Duration statementTimeout) throws SQLException;

  /** What a failure says of its node. */
  FailureKind kind(SQLException failure);

  /** Tells whether a connection holds a prepared statement that the schema has outgrown. */
  boolean outdated(SQLException failure);

  /** Tells whether a node refused a connection because it has enough of them. */
  boolean full(SQLException failure);
}
