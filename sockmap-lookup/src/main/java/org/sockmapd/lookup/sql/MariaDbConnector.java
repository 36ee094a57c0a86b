package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.ServerPreparedStatement;
import org.sockmapd.lookup.sockets.PollingSocketFactory;
import org.sockmapd.lookup.sql.mariadb.LiteralValue;
import org.sockmapd.lookup.sql.mariadb.StrictTlsSocketPlugin;
import org.sockmapd.lookup.sql.mariadb.WrittenValue;

/**
 * MariaDB Connector/J. A MariaDB server spares it the description of the columns that it has had
 * with an earlier answer of the same statement, and it knows the server's ways to log in, ed25519
 * and PARSEC among them.
 */
record MariaDbConnector() implements MySqlDriver {
  private static final String CLASS_NAME = "org.mariadb.jdbc.Driver";
  private static final String NO_CONNECTION = "08000";
  private static final MySqlTls.StoreOptions TRUSTED = store("trustStore");
  private static final MySqlTls.StoreOptions OWN = store("keyStore");

  /** The driver has no properties for them, but a builder. */
  @Override
  public java.sql.Connection connect(NodeAddress address, String database, DriverOptions options)
      throws SQLException {
    var unused = DriverOptions.driver(CLASS_NAME);
    Configuration.Builder configuration =
        Configuration.parse("jdbc:mariadb:///", options.properties()).toBuilder();
    return Driver.connect(
        configuration
            .addresses(HostAddress.from(DriverOptions.hostOf(address), address.port(), true))
            .database(database)
            .build());
  }

  @Override
  public FailureTable failures() {
    return FailureTables.MARIADB_CONNECTOR_J;
  }

  @Override
  public void configure(DriverOptions options, TlsSettings tls)
      throws IOException, GeneralSecurityException {
    options.setSeen("socketFactory", PollingSocketFactory.class, CLASS_NAME);
    options.set("transformedBitIsBoolean", "false");
    // Else a procedure that gives no result would be one that found nothing.
    options.set("permitNoResults", "false");
    // A server may name another to go to, or ask for files of this machine.
    options.set("permitRedirect", "false");
    options.set("allowLocalInfile", "false");
    if (tls.mode().verifies()) {
      // The driver's own trusts any certificate of a server that knows the account's password.
      options.set("tlsSocketType", StrictTlsSocketPlugin.TYPE);
    }
    MySqlTls.apply(tls, options, mode(tls.mode()), TRUSTED, OWN);
  }

  /** The driver has the server ignore a space before the bracket of a function, as nobody asked. */
  @Override
  public String further() {
    return ", sql_mode = IF(FIND_IN_SET('IGNORE_SPACE', @@global.sql_mode), @@session.sql_mode,"
        + " TRIM(BOTH ',' FROM REPLACE(CONCAT(',', @@session.sql_mode, ','),"
        + " ',IGNORE_SPACE,', ',')))";
  }

  /** All but {@code mysql_clear_password} and {@code dialog}, by which PAM asks. */
  @Override
  public void guardPassword(DriverOptions options) {
    options.set("allowPublicKeyRetrieval", "false");
    options.set(
        "restrictedAuth", "mysql_native_password,caching_sha2_password,client_ed25519,parsec");
  }

  private static MySqlTls.StoreOptions store(String name) {
    return new MySqlTls.StoreOptions(name, name + "Type", name + "Password");
  }

  private static String mode(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "disable";
      case PREFER, REQUIRE -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL -> "verify-full";
    };
  }

  /** The driver has no number for it, but leaves a cause behind where TLS itself failed. */
  @Override
  public boolean mayOfferNoTls(SQLException failure) {
    return NO_CONNECTION.equals(failure.getSQLState()) && failure.getCause() == null;
  }

  /** A limit of the driver's own, which no option moves. */
  @Override
  public int keptLength() {
    return 8_191;
  }

  @Override
  public PreparedStatement prepareAsWritten(java.sql.Connection connection, String sql)
      throws SQLException {
    return connection
        .unwrap(Connection.class)
        .prepareInternal(
            sql,
            java.sql.Statement.NO_GENERATED_KEYS,
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            false);
  }

  @Override
  public boolean preparesOnServer(java.sql.Connection connection) throws SQLException {
    return connection.unwrap(Connection.class).getContext().getConf().useServerPrepStmts();
  }

  @Override
  public void bind(PreparedStatement statement, int index, String value) throws SQLException {
    if (statement instanceof ServerPreparedStatement || MySqlLiteral.isPlain(value)) {
      statement.setString(index, value);
    } else {
      statement.setObject(index, new LiteralValue(MySqlLiteral.of(value)));
    }
  }

  @Override
  public long greetedId(java.sql.Connection connection) throws SQLException {
    return connection.unwrap(Connection.class).getThreadId();
  }

  @Override
  public @Nullable String text(ResultSet row, int column) throws SQLException {
    if (TEXT_TYPES.contains(row.getMetaData().getColumnType(column))) {
      String text = row.getString(column);
      return Utf8Value.isDoubtful(text) ? Utf8Value.decode(row.getBytes(column)) : text;
    }
    WrittenValue value = row.getObject(column, WrittenValue.class);
    return value == null ? null : value.text();
  }
}
