package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the drivers of MySQL and of MariaDB each do in their own way. */
sealed interface MySqlDriver permits ConnectorJ, MariaDbConnector {
  /** The types whose values travel as text even in answer to a prepared statement. */
  Set<Integer> TEXT_TYPES =
      Set.of(
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.NULL);

  /** Finds the driver of a database: its maker's. */
  static MySqlDriver of(DatabaseSettings settings) {
    return settings.type() == DatabaseType.MARIADB ? new MariaDbConnector() : new ConnectorJ();
  }

  /** Opens a connection to a database of a node. */
  Connection connect(NodeAddress address, String database, DriverOptions options)
      throws SQLException;

  /** What the driver's failures say. */
  FailureTable failures();

  /** Tells the driver of one connection what only this driver is told. */
  void configure(DriverOptions options, TlsSettings tls)
      throws IOException, GeneralSecurityException;

  /** What else a new session must be told to be as the server makes it, after a comma. */
  default String further() {
    return "";
  }

  /** Has the driver tell the password only where that tells nobody else. */
  void guardPassword(DriverOptions options);

  /** Has the driver take the key for the password from the server, where TLS may be missing. */
  default void trustWithPassword(DriverOptions options, TlsMode mode) {
    if (mode == TlsMode.DISABLE || mode == TlsMode.PREFER) {
      options.set("allowPublicKeyRetrieval", "true");
    }
  }

  /** Tells whether a server that offers no TLS may be why the driver gave up on it. */
  default boolean mayOfferNoTls(SQLException failure) {
    return false;
  }

  /** How long a statement may be for the driver to keep it prepared, in characters. */
  int keptLength();

  /** Makes a statement ready that the server answers in text. */
  PreparedStatement prepareAsWritten(Connection connection, String sql) throws SQLException;

  /** Returns whether a connection has the server prepare statements. */
  boolean preparesOnServer(Connection connection) throws SQLException;

  /** Gives a value to a statement: as it is if the server prepared it, else as a literal. */
  void bind(PreparedStatement statement, int index, String value) throws SQLException;

  /** What the greeting of the server, or of who stands in front of it, called the connection. */
  long greetedId(Connection connection) throws SQLException;

  /** Reads a value of a row. */
  @Nullable String text(ResultSet row, int column) throws SQLException;
}
