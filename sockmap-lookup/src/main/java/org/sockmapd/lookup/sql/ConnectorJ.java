package org.sockmapd.lookup.sql;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.WrongArgumentException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcPreparedStatement;
import com.mysql.cj.jdbc.ServerPreparedStatement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.sockets.PollingMySqlSocketFactory;

/** MySQL Connector/J. */
record ConnectorJ() implements MySqlDriver {
  private static final String CLASS_NAME = "com.mysql.cj.jdbc.Driver";
  private static final MySqlTls.StoreOptions TRUSTED = store("trustCertificate");
  private static final MySqlTls.StoreOptions OWN = store("clientCertificate");

  @Override
  public Connection connect(NodeAddress address, String database, DriverOptions options)
      throws SQLException {
    options.place("host", "port", "dbname", address, database);
    try {
      return options.connect(CLASS_NAME, "jdbc:mysql:///");
    } catch (SQLException e) {
      throw lacksPlugin(e) ? explained(e) : e;
    }
  }

  /** The driver's word for a way to log in that it does not know. */
  private static boolean lacksPlugin(SQLException failure) {
    return failure.getCause() instanceof WrongArgumentException;
  }

  private static SQLException explained(SQLException failure) {
    return PasswordGuard.withRemedy(
        "MySQL's driver does not know the account's way to log in; for one of MariaDB's, such as"
            + " ed25519, use \"type\": \"mariadb\"; the driver says: ",
        failure);
  }

  @Override
  public FailureTable failures() {
    return FailureTables.CONNECTOR_J;
  }

  @Override
  public void configure(DriverOptions options, TlsSettings tls)
      throws IOException, GeneralSecurityException {
    options.setSeen("socketFactory", PollingMySqlSocketFactory.class, CLASS_NAME);
    options.set("prepStmtCacheSqlLimit", Integer.toString(keptLength()));
    options.set("useLocalSessionState", "true");
    // Else the server sends each column in its own character set.
    options.set("characterSetResults", "UTF-8");
    // What is in braces is the server's to read.
    options.set("processEscapeCodesForPrepStmts", "false");
    // A buffer of the JDK's: the driver's own asks the kernel what has come before each read, and
    // TLS would be read in pieces of a few bytes.
    options.set("useReadAheadInput", "false");
    options.set("useUnbufferedInput", "false");
    MySqlTls.apply(tls, options, mode(tls.mode()), TRUSTED, OWN);
  }

  @Override
  public void guardPassword(DriverOptions options) {
    options.set("allowPublicKeyRetrieval", "false");
    options.set("disabledAuthenticationPlugins", "mysql_clear_password,mysql_old_password");
  }

  private static MySqlTls.StoreOptions store(String name) {
    return new MySqlTls.StoreOptions(
        name + "KeyStoreUrl", name + "KeyStoreType", name + "KeyStorePassword");
  }

  private static String mode(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "DISABLED";
      case PREFER -> "PREFERRED";
      case REQUIRE -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL -> "VERIFY_IDENTITY";
    };
  }

  @Override
  public int keptLength() {
    return 65_536;
  }

  @Override
  public PreparedStatement prepareAsWritten(Connection connection, String sql) throws SQLException {
    return connection.unwrap(JdbcConnection.class).clientPrepareStatement(sql);
  }

  @Override
  public boolean preparesOnServer(Connection connection) throws SQLException {
    return connection
        .unwrap(JdbcConnection.class)
        .getPropertySet()
        .getBooleanProperty(PropertyKey.useServerPrepStmts)
        .getValue();
  }

  @Override
  public void bind(PreparedStatement statement, int index, String value) throws SQLException {
    if (statement instanceof ServerPreparedStatement || MySqlLiteral.isPlain(value)) {
      statement.setString(index, value);
    } else {
      byte[] literal = MySqlLiteral.of(value).getBytes(StandardCharsets.US_ASCII);
      statement.unwrap(JdbcPreparedStatement.class).setBytes(index, literal, false);
    }
  }

  @Override
  public long greetedId(Connection connection) throws SQLException {
    return connection.unwrap(JdbcConnection.class).getSession().getThreadId();
  }

  @Override
  public @Nullable String text(ResultSet row, int column) throws SQLException {
    return Utf8Value.decode(row.getBytes(column));
  }
}
