package org.sockmapd.lookup.sql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jooq.SQLDialect;

/** MySQL and MariaDB, both by Connector/J. */
record MySqlDialect(DatabaseSettings settings) implements Dialect {
  /** Out of its Galera quorum; shutting down; the connection was killed. */
  private static final Set<Integer> NODE_CODES = Set.of(1047, 1053, 1927);

  /** The time for a statement is over: MySQL's word, MariaDB's word. */
  private static final Set<Integer> TIMEOUT_CODES = Set.of(3024, 1969);

  /** A lock not gained, a deadlock, a statement killed, no memory, no disk. */
  private static final Set<Integer> PASSING_CODES =
      Set.of(1205, 1213, 1317, 1037, 1038, 1041, 1021);

  private static final Set<Integer> FULL_CODES = Set.of(1040, 1203, 1226);
  private static final int UNKNOWN_VARIABLE = 1193;

  @Override
  public SQLDialect jooq() {
    return settings.type() == DatabaseType.MARIADB ? SQLDialect.MARIADB : SQLDialect.MYSQL;
  }

  @Override
  public String driver() {
    return "com.mysql.cj.jdbc.Driver";
  }

  @Override
  public String url(String node) {
    String database = URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    return "jdbc:mysql://" + node + "/" + database.replace("+", "%20");
  }

  @Override
  public Properties properties(Duration timeout) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    properties.setProperty("connectTimeout", Long.toString(timeout.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(timeout.toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    // Parsed once by the server, kept for the life of the connection.
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("prepStmtCacheSize", "256");
    properties.setProperty("prepStmtCacheSqlLimit", "65536");
    // Numbers come as the server writes them, as Postfix sees them.
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("yearIsDateType", "false");
    properties.setProperty("useLocalSessionState", "true");
    return properties;
  }

  @Override
  public NodeRole begin(Connection connection, Duration statementTimeout) throws SQLException {
    boolean maria = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    try (Statement statement = connection.createStatement()) {
      limitTime(statement, maria, statementTimeout);
      refuseWithoutQuorum(statement);
    }
    return NodeRole.UNKNOWN;
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
    Map<String, String> status = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_provider_name')")) {
      while (rows.next()) {
        status.put(rows.getString(1), rows.getString(2));
      }
    }
    boolean galera = !status.getOrDefault("wsrep_provider_name", "").isEmpty();
    if (galera && "OFF".equals(status.get("wsrep_ready"))) {
      throw new SQLException("not part of its Galera cluster's quorum", "08S01", 1047);
    }
  }

  @Override
  public FailureKind kind(SQLException failure) {
    int code = failure.getErrorCode();
    if (NODE_CODES.contains(code)) {
      return FailureKind.NODE;
    }
    if (TIMEOUT_CODES.contains(code)) {
      return FailureKind.TIMEOUT;
    }
    return PASSING_CODES.contains(code) ? FailureKind.PASSING : SqlFailures.kind(failure);
  }

  @Override
  public boolean outdated(SQLException failure) {
    return false;
  }

  @Override
  public boolean full(SQLException failure) {
    return FULL_CODES.contains(failure.getErrorCode());
  }
}
