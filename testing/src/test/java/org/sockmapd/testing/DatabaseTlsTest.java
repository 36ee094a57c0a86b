package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTlsTest {

  private static final String CLIENT_STORE_PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  void postgresqlLetsTlsUsersInOverTlsOnly() throws SQLException {
    TlsFiles tls = TlsFiles.forLoopback(directory);
    try (DatabaseServer server = PostgresServer.startWithTls(tls)) {
      String verified = "?sslmode=verify-full&sslrootcert=" + tls.authority();
      String certificate =
          "&sslcert=%s&sslkey=%s".formatted(tls.clientCertificate(), tls.clientKeyDer());
      assertAccepted(server, "postgres" + verified, DatabaseServer.TLS_ONLY_USER);
      assertAccepted(
          server, "postgres" + verified + certificate, DatabaseServer.CERTIFICATE_ONLY_USER);
      assertRefused(server, "postgres?sslmode=disable", DatabaseServer.TLS_ONLY_USER);
      assertRefused(server, "postgres" + verified, DatabaseServer.CERTIFICATE_ONLY_USER);
    }
  }

  @Test
  void mariaDbLetsTlsUsersInOverTlsOnly() throws SQLException {
    TlsFiles tls = TlsFiles.forLoopback(directory);
    try (DatabaseServer server = MariaDbServer.startWithTls(tls)) {
      assertTlsUsersOfMySql(server, tls);
    }
  }

  @Test
  void mySqlLetsTlsUsersInOverTlsOnly() throws SQLException {
    TlsFiles tls = TlsFiles.forLoopback(directory);
    try (DatabaseServer server = MySqlServer.startWithTls(tls)) {
      assertTlsUsersOfMySql(server, tls);
    }
  }

  @Test
  void refusesAServerForAnotherHostName() throws SQLException {
    TlsFiles tls = TlsFiles.forHost(directory, "elsewhere.test");
    try (DatabaseServer server = PostgresServer.startWithTls(tls)) {
      String authority = "&sslrootcert=" + tls.authority();
      assertAccepted(
          server, "postgres?sslmode=verify-ca" + authority, DatabaseServer.TLS_ONLY_USER);
      assertRefused(
          server, "postgres?sslmode=verify-full" + authority, DatabaseServer.TLS_ONLY_USER);
    }
  }

  private void assertTlsUsersOfMySql(DatabaseServer server, TlsFiles tls) throws SQLException {
    String certificate =
        "&clientCertificateKeyStoreUrl=file:%s&clientCertificateKeyStorePassword=%s"
            .formatted(clientStore(tls), CLIENT_STORE_PASSWORD);
    assertAccepted(server, "mysql?sslMode=REQUIRED", DatabaseServer.TLS_ONLY_USER);
    assertAccepted(
        server, "mysql?sslMode=REQUIRED" + certificate, DatabaseServer.CERTIFICATE_ONLY_USER);
    assertRefused(
        server,
        "mysql?sslMode=DISABLED&allowPublicKeyRetrieval=true",
        DatabaseServer.TLS_ONLY_USER);
    assertRefused(server, "mysql?sslMode=REQUIRED", DatabaseServer.CERTIFICATE_ONLY_USER);
  }

  private Path clientStore(TlsFiles tls) {
    Path store = directory.resolve("client.p12");
    Command.of(
            "openssl",
            "pkcs12",
            "-export",
            "-passout",
            "pass:" + CLIENT_STORE_PASSWORD,
            "-in",
            tls.clientCertificate().toString(),
            "-inkey",
            tls.clientKey().toString(),
            "-out",
            store.toString())
        .runOrFail();
    return store;
  }

  private static void assertAccepted(DatabaseServer server, String suffix, String user)
      throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.jdbcUrl(suffix), user, server.password())) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static void assertRefused(DatabaseServer server, String suffix, String user) {
    assertThatThrownBy(() -> assertAccepted(server, suffix, user)).isInstanceOf(SQLException.class);
  }
}
