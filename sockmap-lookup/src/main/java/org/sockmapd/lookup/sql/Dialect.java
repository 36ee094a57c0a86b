package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.template.MarkedSql;

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

  /** The kind of database. */
  default DatabaseType type() {
    return settings().type();
  }

  /** Which database, where and how. */
  DatabaseSettings settings();

  /** How identifiers are quoted. */
  SQLDialect jooq();

  /** Whether a node is a server, with a limit of its own for statements. */
  default boolean networked() {
    return true;
  }

  /** Whether the driver tries once more, without TLS, where a server has not answered at all. */
  default boolean asksSilentServersAgain() {
    return false;
  }

  /** Whether the server may pass off a statement that it gave up on as one that found nothing. */
  default boolean lateAnswersAreDoubtful() {
    return false;
  }

  /** The file that the connections are to; null for a server. */
  default @Nullable DatabaseFile file() {
    return null;
  }

  /**
   * Has the driver open a connection to a node. Where that is, and what the database is called,
   * goes as values of their own: in a URL one part could say what belongs to another.
   *
   * @param node the node's name
   * @param options as {@link #configure} left them
   */
  Connection connect(String node, DriverOptions options) throws SQLException;

  /**
   * Tells the driver of one connection that must stand within a time.
   *
   * @param plain to do without TLS, after {@link #mayOfferNoTls}
   * @throws IOException if a file that it needs cannot be read
   * @throws GeneralSecurityException if such a file does not hold what it should
   */
  void configure(DriverOptions options, Duration timeout, boolean plain)
      throws IOException, GeneralSecurityException;

  /** Tells the driver to keep nothing in a session, which may be another client's too. */
  default void share(DriverOptions options) {}

  /**
   * Returns whether the server gives up on a statement when its time is over. If not, only the
   * connection's own time ends the wait, and a node that was silent need not be one that hangs.
   *
   * @param shared whether the node's sessions turned out not to be the connections' own
   */
  default boolean limitsTime(boolean shared) {
    return true;
  }

  /** Tells whether a connection that failed may be had without TLS, as a setting allows. */
  default boolean mayOfferNoTls(SQLException failure) {
    return false;
  }

  /**
   * Sets a new connection up, and refuses a node that answers but must not be asked.
   *
   * @param statementTimeout when the server is to give up on a statement
   * @param shared whether the node's sessions turned out not to be the connections' own
   * @return what the node says it is
   * @throws JudgedFailure of the kind SHARED, if they turn out so now, and the connection should be
   *     opened anew for that
   */
  NodeRole begin(Connection connection, Duration statementTimeout, boolean shared)
      throws SQLException;

  /**
   * Says how a connection to a server is encrypted.
   *
   * @return such as {@code TLSv1.3}; empty if it is not
   */
  default String encryption(Connection connection) throws SQLException {
    return "";
  }

  /** What a failure says of its node, as long as nobody has had a look at the connection. */
  FailureKind kind(SQLException failure);

  /** Asks whether a connection, on which a statement failed, is fit for others all the same. */
  default boolean works(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT 1").close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Which of INSERT, UPDATE and DELETE the account has on a table with that key column. */
  List<String> writePrivileges(Connection connection, QualifiedTable table, String key)
      throws SQLException;

  /** Makes whoever waits on a connection wait no longer. Called from another thread. */
  default void interrupt(OpenConnection connection) throws SQLException {
    connection.abort();
  }

  /** How long a statement may be for the driver to keep it prepared, in characters. */
  default int keptLength() {
    return 65_536;
  }

  /** Tells whether the values of a prepared statement come as the server itself writes them. */
  default boolean asWritten(ResultSet rows) throws SQLException {
    return true;
  }

  /** Makes a statement ready. */
  default ReadyStatement prepare(Connection connection, MarkedSql sql) throws SQLException {
    return new ReadyStatement(connection.prepareStatement(sql.text()));
  }

  /** Makes a statement ready whose values come as the server itself writes them. */
  default ReadyStatement prepareAsWritten(Connection connection, MarkedSql sql)
      throws SQLException {
    return prepare(connection, sql);
  }

  /**
   * Reads a value of a row.
   *
   * @throws SQLException if it is not UTF-8, see {@link Utf8Value}
   */
  default @Nullable String text(ResultSet row, int column) throws SQLException {
    return row.getString(column);
  }

  /** Tells whether a statement may have failed only for what it was prepared for before. */
  default boolean outdated(SQLException failure) {
    return false;
  }

  /**
   * Has a connection prepare its statements anew. Only called after {@link #outdated}.
   *
   * @return whether there can be any
   */
  default boolean forgetStatements(Connection connection) throws SQLException {
    return true;
  }

  /**
   * Tells whether a statement failed because what is kept in the connection's session is another
   * client's too.
   */
  default boolean blamesSession(Connection connection, SQLException failure) throws SQLException {
    return false;
  }

  /** Tells whether a node refused a connection because it has enough of them. */
  default boolean full(SQLException failure) {
    return kind(failure) == FailureKind.FULL;
  }

  /** The types of columns that hold networks, and can be compared with an address in them. */
  default Set<String> networkTypes() {
    return Set.of();
  }
}
