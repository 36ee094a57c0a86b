package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;

/** Values that are not UTF-8: Postfix fails their lookup, and so must every other way to them. */
class MalformedValuesTest {
  private static final String SCHEMA = "malformed";
  private static final TemporaryFailure FAILED = new TemporaryFailure("lookup failed");

  private final RecordedEvents events = new RecordedEvents();

  static Stream<Arguments> binaryColumns() {
    return Stream.of("VARBINARY(20)", "BLOB", "BINARY(1)", "BIT(8)")
        .flatMap(
            type ->
                Stream.of(
                    Arguments.of("MySQL", MySqlServer.shared(), type),
                    Arguments.of("MariaDB", MariaDbServer.shared(), type),
                    Arguments.of(
                        "MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql(), type)));
  }

  @ParameterizedTest(name = "{0} {2}", autoCloseArguments = false)
  @MethodSource("binaryColumns")
  void failsForLatin1InABinaryColumn(String name, DatabaseServer server, String type)
      throws Exception {
    server.createDatabase(SCHEMA);
    server.execute(
        SCHEMA,
        "CREATE TABLE m (k VARCHAR(10), v " + type + ")",
        "INSERT INTO m VALUES ('bad', X'E9'), ('good', X'41')");
    assertOnlyTheMalformedValueFails(ServerDatabase.settings(server, SCHEMA).build());
  }

  @Test
  void failsForLatin1InADatabaseWithoutEncoding() throws Exception {
    DatabaseServer server = PostgresServer.shared();
    server.execute(
        "postgres",
        "DROP DATABASE IF EXISTS " + SCHEMA,
        "CREATE DATABASE "
            + SCHEMA
            + " ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
            + " TEMPLATE template0");
    server.execute(
        SCHEMA,
        "CREATE TABLE m (k TEXT, v TEXT)",
        "INSERT INTO m VALUES ('bad', E'\\xE9'), ('good', 'A')");
    assertOnlyTheMalformedValueFails(ServerDatabase.settings(server, SCHEMA).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAST(X'E9' AS TEXT)", "X'E9'", "X'C0AF'", "X'EDA080'"})
  void failsForSqlite(String malformed, @TempDir Path directory) throws Exception {
    Path file = directory.resolve("mail.sqlite");
    try (var writer = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = writer.createStatement()) {
      statement.execute("CREATE TABLE m (k TEXT, v TEXT)");
      statement.execute("INSERT INTO m VALUES ('bad', " + malformed + "), ('good', 'A')");
      statement.execute("INSERT INTO m VALUES ('replaced', '\ufffd')");
    }
    DatabaseSettings settings =
        DatabaseSettings.builder(DatabaseType.SQLITE, file.toString()).build();
    assertOnlyTheMalformedValueFails(settings);
    try (Database database = Database.open(settings, events)) {
      assertThat(table(database).lookup("replaced")).isEqualTo(new Found("\ufffd"));
    }
  }

  private void assertOnlyTheMalformedValueFails(DatabaseSettings settings) {
    try (Database database = Database.open(settings, events)) {
      LookupTable table = table(database);
      assertThat(table.lookup("bad")).isEqualTo(FAILED);
      assertThat(table.lookup("good")).isEqualTo(new Found("A"));
      assertThat(table.lookupFirst(List.of("bad", "good")))
          .isEqualTo(new FirstMatch("bad", FAILED));
      assertThat(table.lookupFirst(List.of("good", "bad")))
          .isEqualTo(new FirstMatch("good", new Found("A")));
    }
    assertThat(events.of("down")).isEmpty();
  }

  private LookupTable table(Database database) {
    TableColumns columns = new TableColumns("m", "k", Optional.of("v"), Optional.empty());
    return SqlTable.builder("map", database).columns(columns).events(events).build();
  }
}
