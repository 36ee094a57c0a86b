package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;

/** Values of other types than text, as libmysqlclient shows them to Postfix. */
class MySqlTypesTest {
  private static final String SCHEMA = "types";

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void showsValuesAsTheServerWritesThem(String name, DatabaseServer server) throws Exception {
    try (Database database = ServerDatabase.fresh(server, SCHEMA)) {
      assertShown(server, database, "TINYINT(1)", "1", "1");
      assertShown(server, database, "BOOLEAN", "TRUE", "1");
      assertShown(server, database, "TINYINT(1)", "7", "7");
      assertShown(server, database, "INT", "42", "42");
      assertShown(server, database, "BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615");
      assertShown(server, database, "DECIMAL(5, 2)", "1.50", "1.50");
      assertShown(server, database, "DATE", "'2026-11-22'", "2026-11-22");
      assertShown(server, database, "DATETIME", "'2026-11-22 10:11:12'", "2026-11-22 10:11:12");
      assertShown(server, database, "YEAR", "2026", "2026");
      assertShown(server, database, "ENUM('OK', 'REJECT')", "'REJECT'", "REJECT");
      assertShown(server, database, "BLOB", "'bytes'", "bytes");
      assertShown(server, database, "TEXT CHARACTER SET latin1", "'f\u00fcr'", "f\u00fcr");
    }
  }

  private static void assertShown(
      DatabaseServer server, Database database, String type, String stored, String shown)
      throws Exception {
    // A table for each type: the driver remembers of a prepared statement whether numbers have a
    // sign, and does not see it change.
    String table = "t_" + Integer.toHexString((type + stored).hashCode());
    server.execute(
        SCHEMA,
        "CREATE TABLE " + table + " (k VARCHAR(10), v " + type + ")",
        "INSERT INTO " + table + " VALUES ('k', " + stored + ")");
    TableColumns columns = new TableColumns(table, "k", Optional.of("v"), Optional.empty());
    LookupTable typed = SqlTable.builder("typed", database).columns(columns).build();
    assertThat(typed.lookup("k")).as(type).isEqualTo(new Found(shown));
  }
}
