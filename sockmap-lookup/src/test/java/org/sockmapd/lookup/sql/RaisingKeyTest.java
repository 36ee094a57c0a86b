package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;

/**
 * A query that raises an error for one key, with whatever state and code its author liked. The key
 * fails, for now; the host stays in use, and the other keys are answered.
 */
class RaisingKeyTest {
  private static final String SCHEMA = "raising";

  static Stream<Arguments> raisers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared(), signals()),
        Arguments.of("MariaDB", MariaDbServer.shared(), signals()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql(), signals()),
        Arguments.of("PostgreSQL", PostgresServer.shared(), exceptions()));
  }

  /** Of a class of its own, of every class that a driver or this program has a meaning for. */
  private static List<String> signals() {
    return List.of(
        "SIGNAL SQLSTATE '45000'",
        "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30001, MESSAGE_TEXT = 'no such luck'",
        "SIGNAL SQLSTATE '08S01'",
        "SIGNAL SQLSTATE '08004' SET MYSQL_ERRNO = 1040",
        "SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1047",
        "SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1053",
        "SIGNAL SQLSTATE '70100' SET MYSQL_ERRNO = 1927",
        "SIGNAL SQLSTATE '08000' SET MYSQL_ERRNO = 1220",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 3032",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1820",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1243",
        "SIGNAL SQLSTATE '0A000'",
        "SIGNAL SQLSTATE '22001'",
        "SIGNAL SQLSTATE '25006'",
        "SIGNAL SQLSTATE '28000'",
        "SIGNAL SQLSTATE '40001'",
        "SIGNAL SQLSTATE 'ABCDE'",
        "SIGNAL SQLSTATE '02000'");
  }

  private static List<String> exceptions() {
    return Stream.of(
            "P0001", "08000", "08006", "08P01", "57P01", "57P02", "57P03", "57P05", "57000",
            "53300", "58030", "XX000", "25006", "40P01", "0A000", "42P05", "26000", "28P01",
            "22001", "ABCDE")
        .map(state -> "RAISE EXCEPTION 'no such luck' USING ERRCODE = '" + state + "'")
        .toList();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("raisers")
  void costsItselfAnAnswerAndNobodyElse(String name, DatabaseServer server, List<String> raisers)
      throws Exception {
    Rows.create(server, SCHEMA);
    for (String raiser : raisers) {
      createFunction(server, raiser);
      RecordedEvents events = new RecordedEvents();
      try (Database database = twoHosts(server, events)) {
        LookupTable table = table(database, events);
        assertThat(table.lookup("a")).as(raiser).isEqualTo(new Found("1"));
        for (int i = 0; i < 3; i++) {
          assertThat(table.lookup("bad"))
              .as(raiser)
              .isEqualTo(new TemporaryFailure("lookup failed"));
          assertThat(table.lookup("b")).as(raiser).isEqualTo(new Found("2"));
        }
        assertThat(table.lookupFirst(List.of("a", "bad")))
            .as("a more specific key than that of %s", raiser)
            .isEqualTo(new FirstMatch("a", new Found("1")));
      }
      assertThat(events.of("down")).as(raiser).isEmpty();
    }
  }

  private static Database twoHosts(DatabaseServer server, RecordedEvents events) {
    DatabaseSettings settings =
        ServerDatabase.settings(server, SCHEMA).host("localhost:" + server.port()).build();
    return Database.open(settings, events);
  }

  private static LookupTable table(Database database, RecordedEvents events) throws Exception {
    QueryTemplate query =
        QueryTemplate.parse(
            "SELECT v FROM m WHERE k = refused('%s')", database.settings().type().quoting());
    return SqlTable.builder("map", database).query(query).events(events).build();
  }

  private static void createFunction(DatabaseServer server, String raiser) throws SQLException {
    if (server.type().equals("postgresql")) {
      server.execute(
          SCHEMA,
          """
          CREATE OR REPLACE FUNCTION refused(key TEXT) RETURNS TEXT STABLE LANGUAGE plpgsql AS $$
          BEGIN IF key = 'bad' THEN %s; END IF; RETURN key; END $$
          """
              .formatted(raiser));
    } else {
      server.execute(
          SCHEMA,
          "DROP FUNCTION IF EXISTS refused",
          """
          CREATE FUNCTION refused(name VARCHAR(100)) RETURNS VARCHAR(100) DETERMINISTIC
          BEGIN IF name = 'bad' THEN %s; END IF; RETURN name; END
          """
              .formatted(raiser));
    }
  }
}
