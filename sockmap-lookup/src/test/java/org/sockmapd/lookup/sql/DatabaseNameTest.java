package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;

/** The name of a database names a database, and says nothing else to a driver. */
class DatabaseNameTest {
  private static final String SCHEMA = "named";

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()),
        Arguments.of("PostgreSQL", PostgresServer.shared()));
  }

  private static LookupResult ask(DatabaseSettings settings) {
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      return Rows.table(database, LookupEvents.NONE).lookup("a");
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void logsNobodyElseIn(String name, DatabaseServer server) throws SQLException {
    Rows.create(server, SCHEMA);
    String login = "user=" + server.username() + "&password=" + server.password();
    for (String hostile : List.of("?" + login, "?" + login + "#", "%3F" + login, "/?" + login)) {
      DatabaseSettings settings =
          ServerDatabase.settings(server, SCHEMA + hostile).account("nobody", "wrong").build();
      assertThat(ask(settings)).as(hostile).isEqualTo(new TemporaryFailure("database unavailable"));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void turnsNothingOff(String name, DatabaseServer server) throws SQLException {
    Rows.create(server, SCHEMA);
    for (String hostile : List.of("?sslMode=DISABLED&sslmode=disable", "?ssl=false")) {
      DatabaseSettings settings =
          ServerDatabase.settings(server, SCHEMA + hostile)
              .tls(TlsSettings.of(TlsMode.VERIFY_FULL))
              .build();
      assertThat(ask(settings)).as(hostile).isEqualTo(new TemporaryFailure("database unavailable"));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void mayHoldWhatHasAMeaningInAUrl(String name, DatabaseServer server) throws SQLException {
    for (String odd : List.of("a?b=c&d", "e%2Ff+g", "h#i;j", "k l'm", "\u00fcber", "(n=o),p")) {
      createOdd(server, odd);
      assertThat(ask(ServerDatabase.settings(server, odd).build()))
          .as(odd)
          .isEqualTo(new Found("1"));
    }
  }

  private static void createOdd(DatabaseServer server, String name) throws SQLException {
    if (server.type().equals("postgresql")) {
      Rows.create(server, SCHEMA);
      server.execute(
          "postgres",
          "DROP DATABASE IF EXISTS \"" + name + "\"",
          "ALTER DATABASE " + SCHEMA + " RENAME TO \"" + name + "\"");
    } else {
      server.createDatabase(name);
      server.execute(
          "mysql",
          "CREATE TABLE `" + name + "`.m (k VARCHAR(100) PRIMARY KEY, v VARCHAR(100))",
          "INSERT INTO `" + name + "`.m VALUES ('a', '1')");
    }
  }
}
