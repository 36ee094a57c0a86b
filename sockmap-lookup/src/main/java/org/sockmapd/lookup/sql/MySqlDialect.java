package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.template.MarkedSql;

/** MySQL and MariaDB, each by its maker's driver. */
record MySqlDialect(DatabaseSettings settings, MySqlDriver connector) implements Dialect {
  private static final int UNKNOWN_VARIABLE = 1193;
  private static final int UNKNOWN_STATEMENT = 1243;
  private static final Pattern SELECT =
      Pattern.compile("\\(?\\s*SELECT\\b", Pattern.CASE_INSENSITIVE);

  @Override
  public SQLDialect jooq() {
    return settings.type() == DatabaseType.MARIADB ? SQLDialect.MARIADB : SQLDialect.MYSQL;
  }

  /** MySQL's SLEEP() returns 1 when the time for the statement is over, and no error follows. */
  @Override
  public boolean lateAnswersAreDoubtful() {
    return true;
  }

  MySqlDialect(DatabaseSettings settings) {
    this(settings, MySqlDriver.of(settings));
  }

  @Override
  public Connection connect(String node, DriverOptions options) throws SQLException {
    NodeAddress address = NodeAddress.parse(node, settings.type().defaultPort());
    if (!PasswordGuard.guards(settings, address)) {
      connector.trustWithPassword(options, settings.tls().mode());
      return connector.connect(address, settings.database(), options);
    }
    connector.guardPassword(options);
    try {
      return connector.connect(address, settings.database(), options);
    } catch (SQLException e) {
      throw PasswordGuard.explained(e);
    }
  }

  @Override
  public void configure(DriverOptions options, Duration timeout, boolean plain)
      throws IOException, GeneralSecurityException {
    options.set("user", settings.username());
    options.set("password", settings.password());
    options.set("connectTimeout", Long.toString(timeout.toMillis()));
    options.set("socketTimeout", Long.toString(timeout.toMillis()));
    options.set("tcpKeepAlive", "true");
    // Parsed once by the server, kept for the life of the connection.
    boolean prepares = settings.prepared() != PreparedStatements.NEVER;
    options.set("useServerPrepStmts", Boolean.toString(prepares));
    options.set("cachePrepStmts", "true");
    options.set("prepStmtCacheSize", "256");
    // Numbers come as the server writes them, as Postfix sees them.
    options.set("tinyInt1isBit", "false");
    options.set("yearIsDateType", "false");
    // The session stays as the server makes it, as libmysqlclient leaves it: no stricter sql_mode,
    // and a function's ROW_COUNT() counts the rows that changed.
    options.set("jdbcCompliantTruncation", "false");
    options.set("useAffectedRows", "true");
    connector.configure(options, plain ? TlsSettings.of(TlsMode.DISABLE) : settings.tls());
  }

  @Override
  public void share(DriverOptions options) {
    options.set("useServerPrepStmts", "false");
  }

  @Override
  public boolean limitsTime(boolean shared) {
    return !shared;
  }

  @Override
  public boolean mayOfferNoTls(SQLException failure) {
    return settings.tls().mode() == TlsMode.PREFER && connector.mayOfferNoTls(failure);
  }

  @Override
  public int keptLength() {
    return connector.keptLength();
  }

  /**
   * The drivers make their own text of what a prepared statement sends in binary form: 0.1 in a
   * FLOAT becomes 0.10000000149011612, and a number keeps the sign that its column had when the
   * statement was prepared. Text is sent as text.
   */
  @Override
  public boolean asWritten(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (!MySqlDriver.TEXT_TYPES.contains(columns.getColumnType(i))) {
        return false;
      }
    }
    return true;
  }

  /** Prepared by the server where the session is the connection's own, else sent as text. */
  @Override
  public ReadyStatement prepare(Connection connection, MarkedSql sql) throws SQLException {
    return connector.preparesOnServer(connection)
        ? new ReadyStatement(connection.prepareStatement(sql.text()))
        : prepareAsWritten(connection, sql);
  }

  /**
   * The driver puts the values into the text, and the server answers all in text. Where the session
   * is the connection's own, the driver knows how the server reads what is in quotes.
   */
  @Override
  public ReadyStatement prepareAsWritten(Connection connection, MarkedSql sql) throws SQLException {
    return connector.preparesOnServer(connection)
        ? new ReadyStatement(connector.prepareAsWritten(connection, sql.text()))
        : new ReadyStatement(
            connector.prepareAsWritten(connection, limited(sql.text())), 0, connector::bind);
  }

  /** Has MySQL give up on a statement by itself; to MariaDB it is a comment. */
  private String limited(String sql) {
    Matcher select = SELECT.matcher(sql);
    long millis = settings.statementTimeout().toMillis();
    return select.lookingAt()
        ? select.group()
            + " /*+ MAX_EXECUTION_TIME("
            + millis
            + ") */"
            + sql.substring(select.end())
        : sql;
  }

  @Override
  public @Nullable String text(ResultSet row, int column) throws SQLException {
    return connector.text(row, column);
  }

  /**
   * Makes the session what it would be without the driver's wishes. The collation is the server's
   * choice for utf8mb4: with the driver's own, a number made text could not be compared with a
   * column of the server's default, as it can be through Postfix.
   */
  @Override
  public NodeRole begin(Connection connection, Duration statementTimeout, boolean shared)
      throws SQLException {
    boolean own = settings.prepared() == PreparedStatements.ALWAYS || isOwn(connection);
    if (shared || !own) {
      return beginShared(connection, shared);
    }
    boolean maria = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET NAMES utf8mb4" + connector.further());
      limitTime(statement, maria, statementTimeout);
      refuseWithoutQuorum(statement);
    }
    return NodeRole.UNKNOWN;
  }

  /** Sets nothing: it could be lost, or be found by another client. */
  private static NodeRole beginShared(Connection connection, boolean known) throws SQLException {
    if (!known) {
      SQLException why =
          new SQLException("the session is not the connection's own: a pooler is in between");
      throw new JudgedFailure(FailureKind.SHARED, why);
    }
    try (Statement statement = connection.createStatement()) {
      refuseWithoutQuorum(statement);
    }
    return NodeRole.UNKNOWN;
  }

  /**
   * Returns whether a session is certainly the connection's own: it calls itself, and its server,
   * as the greeting did. ProxySQL and MaxScale greet with names of their own; HAProxy passes on
   * what the server says. The number alone is no proof, as two may count alike; and a statement
   * that asks for nothing else is answered by ProxySQL itself.
   */
  private boolean isOwn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONNECTION_ID(), VERSION()")) {
      String greeting = connection.getMetaData().getDatabaseProductVersion();
      return row.next()
          && (int) row.getLong(1) == (int) connector.greetedId(connection)
          && greeting.endsWith(row.getString(2));
    }
  }

  /** The server does not know a statement that it has prepared for this connection. */
  @Override
  public boolean blamesSession(Connection connection, SQLException failure) throws SQLException {
    return failure.getErrorCode() == UNKNOWN_STATEMENT
        && connector.preparesOnServer(connection)
        && !isOwn(connection);
  }

  private static void limitTime(Statement statement, boolean maria, Duration timeout)
      throws SQLException {
    try {
      statement.execute(
          maria
              ? "SET SESSION max_statement_time = " + timeout.toMillis() / 1000.0
              : "SET SESSION max_execution_time = " + timeout.toMillis());
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_VARIABLE) {
        throw e;
      }
      // A server from before the setting: the socket's timeout alone stands guard.
    }
  }

  /**
   * A Galera node without quorum takes connections, and refuses only what reads a table. A server
   * without Galera is never ready either, but has no provider of it, or has not heard of any.
   */
  private static void refuseWithoutQuorum(Statement statement) throws SQLException {
    Map<String, String> status =
        shown(
            statement,
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_provider_name')");
    boolean galera = !status.getOrDefault("wsrep_provider_name", "").isEmpty();
    if (galera && "OFF".equals(status.get("wsrep_ready"))) {
      throw new SQLException("not part of its Galera cluster's quorum", "08S01", 1047);
    }
  }

  /** A node that has lost its quorum meanwhile answers too, but must not be asked. */
  @Override
  public boolean works(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      refuseWithoutQuorum(statement);
      return !rejectsQueries(statement);
    } catch (SQLException e) {
      return false;
    }
  }

  /** An administrator has a Galera node refuse what reads a table, and it is ready all the same. */
  private static boolean rejectsQueries(Statement statement) throws SQLException {
    String sql = "SHOW GLOBAL VARIABLES LIKE 'wsrep_reject_queries'";
    return !"NONE".equals(shown(statement, sql).getOrDefault("wsrep_reject_queries", "NONE"));
  }

  private static Map<String, String> shown(Statement statement, String sql) throws SQLException {
    Map<String, String> shown = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        shown.put(rows.getString(1), rows.getString(2));
      }
    }
    return shown;
  }

  @Override
  public String encryption(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return shown(statement, "SHOW SESSION STATUS LIKE 'Ssl_version'")
          .getOrDefault("Ssl_version", "");
    }
  }

  @Override
  public FailureKind kind(SQLException failure) {
    return connector.failures().kind(failure);
  }

  @Override
  public List<String> writePrivileges(Connection connection, QualifiedTable table, String key)
      throws SQLException {
    return MySqlPrivileges.toWrite(connection, table, key);
  }
}
