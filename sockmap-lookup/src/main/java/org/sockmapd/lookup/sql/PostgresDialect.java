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
import org.sockmapd.lookup.sockets.PollingSocketFactory;

/** PostgreSQL by pgjdbc. */
record PostgresDialect(DatabaseSettings settings) implements Dialect {
  private static final String DRIVER = "org.postgresql.Driver";

  /**
   * The schema has changed: the plan would give other columns, or the key had another type when the
   * statement was prepared. Or the statement is gone, by a pooler's doing.
   */
  private static final Set<String> OUTDATED = Set.of("0A000", "42883", "42804", "26000");

  @Override
  public SQLDialect jooq() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public Connection connect(String node, DriverOptions options) throws SQLException {
    NodeAddress address = NodeAddress.parse(node, settings.type().defaultPort());
    return options
        .place("PGHOST", "PGPORT", "PGDBNAME", address, settings.database())
        .connect(DRIVER, "jdbc:postgresql://");
  }

  @Override
  public void configure(DriverOptions options, Duration timeout, boolean plain)
      throws IOException, GeneralSecurityException {
    options.set("user", settings.username());
    options.set("password", settings.password());
    options.set("ApplicationName", "sockmapd");
    options.set("assumeMinServerVersion", "9.0");
    // The server finds the type of a key from what it is compared with, as it does for a literal.
    options.set("stringtype", "unspecified");
    // Values come as the server writes them, as Postfix sees them: t and f, not true and false.
    options.set("binaryTransfer", "false");
    options.set("prepareThreshold", "1");
    options.set("tcpKeepAlive", "true");
    options.setSeen("socketFactory", PollingSocketFactory.class, DRIVER);
    options.set("loginTimeout", Double.toString(timeout.toMillis() / 1000.0));
    options.set("connectTimeout", wholeSeconds(timeout));
    options.set("socketTimeout", wholeSeconds(timeout));
    PostgresTls.apply(settings.tls(), options);
  }

  /** The driver knows no shorter time; loginTimeout is exact. */
  private static String wholeSeconds(Duration timeout) {
    return Long.toString(timeout.plusMillis(999).toSeconds());
  }

  @Override
  public NodeRole begin(Connection connection, Duration statementTimeout) throws SQLException {
    NodeRole role = role(connection, statementTimeout);
    if (settings.nodePolicy() == NodePolicy.PRIMARY && role != NodeRole.PRIMARY) {
      throw new SQLException("in recovery, but only the primary is to be asked", "57P03");
    }
    return role;
  }

  private static NodeRole role(Connection connection, Duration statementTimeout)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + statementTimeout.toMillis());
      try (ResultSet rows = statement.executeQuery("SELECT pg_is_in_recovery()")) {
        rows.next();
        return rows.getString(1).startsWith("t") ? NodeRole.REPLICA : NodeRole.PRIMARY;
      }
    }
  }

  @Override
  public FailureKind kind(SQLException failure) {
    return FailureTables.PGJDBC.kind(failure);
  }

  @Override
  public List<String> writePrivileges(Connection connection, QualifiedTable table, String key)
      throws SQLException {
    return Privileges.query(
        connection,
        """
        SELECT p FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY AS t (p, o)
        WHERE has_table_privilege(format('%I.%I', ?::text, ?::text), p) ORDER BY o
        """,
        table.schema(),
        table.name());
  }

  @Override
  public boolean outdated(SQLException failure) {
    return OUTDATED.contains(String.valueOf(failure.getSQLState()));
  }

  /** The driver sees this statement pass, and prepares anew. */
  @Override
  public void forgetStatements(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DEALLOCATE ALL");
    }
  }

  @Override
  public Set<String> networkTypes() {
    return Set.of("inet", "cidr");
  }
}
