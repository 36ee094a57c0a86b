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
import org.sockmapd.lookup.sockets.PostgresSocketFactory;
import org.sockmapd.lookup.template.MarkedSql;

/** PostgreSQL by pgjdbc. */
record PostgresDialect(DatabaseSettings settings, PostgresSession session) implements Dialect {
  private static final String DRIVER = "org.postgresql.Driver";

  /**
   * The schema has changed: the plan would give other columns, or the key had another type when the
   * statement was prepared.
   */
  private static final Set<String> OUTDATED = Set.of("0A000", "42883", "42804");

  PostgresDialect(DatabaseSettings settings) {
    this(settings, new PostgresSession(settings.prepared(), settings.statementTimeout()));
  }

  @Override
  public boolean asksSilentServersAgain() {
    return settings.tls().mode() == TlsMode.PREFER;
  }

  @Override
  public SQLDialect jooq() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public Connection connect(String node, DriverOptions options) throws SQLException {
    NodeAddress address = NodeAddress.parse(node, settings.type().defaultPort());
    options.place("PGHOST", "PGPORT", "PGDBNAME", address, settings.database());
    if (!PasswordGuard.guards(settings, address)) {
      return options.connect(DRIVER, "jdbc:postgresql://");
    }
    try {
      return options.set("requireAuth", "!password").connect(DRIVER, "jdbc:postgresql://");
    } catch (SQLException e) {
      throw PasswordGuard.explained(e);
    }
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
    // Until it is known whose the session is.
    options.set("prepareThreshold", "0");
    // The driver would set extra_float_digits on servers before 12, except for a replica's login;
    // and it sends this one only to servers that are known to be newer than the above.
    options.set("replication", "false");
    options.set("tcpKeepAlive", "true");
    options.setSeen("socketFactory", PostgresSocketFactory.class, DRIVER);
    // None for the whole of it, as the other drivers have it: each step may take the time, and the
    // driver needs no thread of its own.
    options.set("loginTimeout", "0");
    options.set("connectTimeout", wholeSeconds(timeout));
    options.set("socketTimeout", wholeSeconds(timeout));
    PostgresTls.apply(plain ? TlsSettings.of(TlsMode.DISABLE) : settings.tls(), options, DRIVER);
  }

  /** The driver knows no shorter time. */
  private static String wholeSeconds(Duration timeout) {
    return Long.toString(timeout.plusMillis(999).toSeconds());
  }

  @Override
  public NodeRole begin(Connection connection, Duration statementTimeout, boolean shared)
      throws SQLException {
    NodeRole role = session.begin(connection, shared);
    if (settings.nodePolicy() == NodePolicy.PRIMARY && role != NodeRole.PRIMARY) {
      throw new SQLException("in recovery, but only the primary is to be asked", "57P03");
    }
    return role;
  }

  @Override
  public ReadyStatement prepare(Connection connection, MarkedSql sql) throws SQLException {
    return session.prepare(connection, sql);
  }

  @Override
  public boolean blamesSession(Connection connection, SQLException failure) throws SQLException {
    return session.isBlamedFor(failure, connection);
  }

  /** The server knows; of a pooler's connection it knows the one behind it. */
  @Override
  public String encryption(Connection connection) throws SQLException {
    if (!session.isOwn(connection)) {
      return switch (settings.tls().mode()) {
        case DISABLE -> "";
        case PREFER -> "TLS, if the pooler offers it";
        case REQUIRE, VERIFY_CA, VERIFY_FULL -> "TLS";
      };
    }
    String sql =
        "SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid() AND ssl";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
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
  public boolean forgetStatements(Connection connection) throws SQLException {
    if (!session.isOwn(connection)) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DEALLOCATE ALL");
    }
    return true;
  }

  @Override
  public Set<String> networkTypes() {
    return Set.of("inet", "cidr");
  }
}
