package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;

/** Values of other types than text, as libmysqlclient shows them to Postfix. */
class MySqlTypesTest {
  private static final String SCHEMA = "types";

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MySQL taken for MariaDB", MySqlServer.shared().takenForMariaDb()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void showsValuesAsTheServerWritesThem(String name, DatabaseServer server) throws Exception {
    try (Database database = ServerDatabase.fresh(server, SCHEMA)) {
      assertShown(server, database, "TINYINT(1)", "1", "1");
      assertShown(server, database, "BOOLEAN", "TRUE", "1");
      assertShown(server, database, "TINYINT(1)", "7", "7");
      assertShown(server, database, "INT", "42", "42");
      assertShown(
          server, database, "BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615");
      assertShown(server, database, "DECIMAL(5, 2)", "1.50", "1.50");
      assertShown(server, database, "DATE", "'2026-11-22'", "2026-11-22");
      assertShown(server, database, "DATETIME", "'2026-11-22 10:11:12'", "2026-11-22 10:11:12");
      assertShown(server, database, "YEAR", "2026", "2026");
      assertShown(server, database, "ENUM('OK', 'REJECT')", "'REJECT'", "REJECT");
      assertShown(server, database, "BLOB", "'bytes'", "bytes");
      assertShown(server, database, "TEXT CHARACTER SET latin1", "'f\u00fcr'", "f\u00fcr");
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void showsNumbersAsTheServerWritesThem(String name, DatabaseServer server) throws Exception {
    try (Database database = ServerDatabase.fresh(server, SCHEMA)) {
      assertShown(server, database, "FLOAT", "0.1", "0.1");
      assertShown(server, database, "FLOAT", "1e20", "1e20");
      assertShown(server, database, "DOUBLE", "1e20", "1e20");
      assertShown(server, database, "DECIMAL(6, 2) ZEROFILL", "1.5", "0001.50");
      assertShown(server, database, "INT(5) ZEROFILL", "42", "00042");
      assertShown(server, database, "BIT(8)", "65", "A");
      assertShown(server, database, "TIME", "'30:00:01'", "30:00:01");
      assertShown(
          server, database, "DATETIME(3)", "'2026-11-22 10:11:12.5'", "2026-11-22 10:11:12.500");
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void readsNumbersThatLostTheirSignWhileTheConnectionStood(String name, DatabaseServer server)
      throws Exception {
    try (Database database = ServerDatabase.fresh(server, SCHEMA)) {
      server.execute(
          SCHEMA,
          "CREATE TABLE changing (k VARCHAR(10), v VARCHAR(30))",
          "INSERT INTO changing VALUES ('k', 'text')");
      LookupTable table = table(database, "changing");
      assertThat(table.lookup("k")).isEqualTo(new Found("text"));

      server.execute(
          SCHEMA,
          "UPDATE changing SET v = '7'",
          "ALTER TABLE changing MODIFY v INT",
          "ALTER TABLE changing MODIFY v BIGINT UNSIGNED",
          "UPDATE changing SET v = 18446744073709551615");

      assertThat(table.lookup("k")).isEqualTo(new Found("18446744073709551615"));
    }
  }

  private static void assertShown(
      DatabaseServer server, Database database, String type, String stored, String shown)
      throws Exception {
    String name = "t_" + Integer.toHexString((type + stored).hashCode());
    server.execute(
        SCHEMA,
        "CREATE TABLE " + name + " (k VARCHAR(10), v " + type + ")",
        "INSERT INTO " + name + " VALUES ('k', " + stored + ")");
    LookupTable typed = table(database, name);
    assertThat(typed.lookup("k")).as(type).isEqualTo(new Found(shown));
    assertThat(typed.lookupFirst(List.of("j", "k", "l")))
        .as("%s among other keys", type)
        .isEqualTo(new FirstMatch("k", new Found(shown)));
  }

  private static LookupTable table(Database database, String name) {
    TableColumns columns = new TableColumns(name, "k", Optional.of("v"), Optional.empty());
    return SqlTable.builder("typed", database).columns(columns).build();
  }
}
