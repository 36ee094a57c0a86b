package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;
import org.sockmapd.testing.TlsFiles;

/** One cause reads alike, whatever driver met it. */
class FailureReasonTest {
  private static final String SCHEMA = "reasons";

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("PostgreSQL", PostgresServer.shared()),
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void namesWhatKeepsAServerFromBeingAsked(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);

    assertReason(settings(server).host("127.0.0.1:" + unusedPort()), "cannot connect", true);
    assertReason(settings(server).host("no-such-host.invalid"), "unknown host name", true);
    assertReason(here(server).account(server.username(), "wrong"), "login refused", false);
    assertReason(here(server, "no_such_database"), "no such database", false);
    try (Database database = Database.open(here(server).build(), LookupEvents.NONE)) {
      assertThat(database.check())
          .singleElement()
          .satisfies(report -> assertThat(report.problem()).isEmpty())
          .satisfies(
              report ->
                  assertThat(report.protection())
                      .matches("TLSv1.*|not encrypted, on this machine"));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void namesAServerThatDoesNotAnswer(String name, DatabaseServer server) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertReason(
          settings(server).host("127.0.0.1:" + silent.getLocalPort()), "no answer in time", true);
    }
  }

  static Stream<Arguments> serversWithTls() {
    return Stream.of(
        Arguments.of("PostgreSQL", (TlsServers.Starter) PostgresServer::startWithTls),
        Arguments.of("MySQL", (TlsServers.Starter) MySqlServer::startWithTls),
        Arguments.of("MariaDB", (TlsServers.Starter) MariaDbServer::startWithTls));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("serversWithTls")
  void namesACertificateThatIsNotAccepted(
      String name, TlsServers.Starter starter, @TempDir Path directory) throws SQLException {
    Path foreign = TlsFiles.forHost(directory, "elsewhere.test").authority();
    try (DatabaseServer server = starter.start(TlsFiles.forLoopback(directory))) {
      server.createDatabase(SCHEMA);
      assertReason(
          here(server).tls(TlsServers.verifying(TlsMode.VERIFY_FULL, foreign)),
          "the server's certificate is not accepted",
          false);
    }
  }

  @Test
  void namesWhatIsWrongWithAFile(@TempDir Path directory) throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "no database ".repeat(500));

    assertReason(
        DatabaseSettings.builder(DatabaseType.SQLITE, directory.resolve("none").toString()),
        "the file cannot be opened",
        false);
    try (Database database =
        Database.open(
            DatabaseSettings.builder(DatabaseType.SQLITE, text.toString()).build(),
            LookupEvents.NONE)) {
      SqlTable table = SqlTable.builder("m", database).columns(Rows.COLUMNS).build();
      assertThat(table.check().getFirst().problem().map(FailureReason::words))
          .contains("the file is not a SQLite database");
    }
  }

  @Test
  void keepsWhatAServerSaysOnOneLineAndShort() {
    SQLException failure = new SQLException("a\r\n\tb\u0007c " + "x".repeat(1000), "42P01");

    FailureReason reason = FailureReason.of(failure);

    assertThat(reason.words()).isEqualTo("no such table");
    assertThat(reason.detail()).startsWith("a b c xxx").hasSizeLessThan(310);
  }

  private static DatabaseSettings.Builder settings(DatabaseServer server) {
    return settings(server, SCHEMA);
  }

  private static DatabaseSettings.Builder settings(DatabaseServer server, String database) {
    return ServerDatabase.account(server, database)
        .connectTimeout(Duration.ofMillis(500))
        .lookupTimeout(Duration.ofSeconds(2));
  }

  private static DatabaseSettings.Builder here(DatabaseServer server) {
    return here(server, SCHEMA);
  }

  private static DatabaseSettings.Builder here(DatabaseServer server, String database) {
    return settings(server, database)
        .connectTimeout(Duration.ofSeconds(2))
        .host(server.host() + ":" + server.port());
  }

  private static void assertReason(
      DatabaseSettings.Builder settings, String words, boolean mayPass) {
    FailureReason reason = reason(settings.build()).orElseThrow();
    assertThat(reason.words()).as("%s", reason).isEqualTo(words);
    assertThat(reason.mayPass()).as("%s may pass", reason).isEqualTo(mayPass);
    assertThat(reason.toString()).doesNotContain("Exception").doesNotContain("\n");
  }

  private static Optional<FailureReason> reason(DatabaseSettings settings) {
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      return database.check().getFirst().problem();
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }
}
