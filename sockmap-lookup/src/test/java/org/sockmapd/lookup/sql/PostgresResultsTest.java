package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PgBouncer.PoolMode;
import org.sockmapd.testing.PostgresServer;

/**
 * Statements that give no rows, or not all: never an answer. Each on a session of its own and
 * behind a pooler, where a statement travels with another one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresResultsTest {
  private static final String SCHEMA = "results";

  private final DatabaseServer server = PostgresServer.shared();
  private final PgBouncer pooler = PgBouncer.start(server, PoolMode.TRANSACTION);

  @BeforeAll
  void fill() throws SQLException {
    server.createDatabase(SCHEMA);
    server.execute(
        SCHEMA,
        "CREATE TABLE m (k text PRIMARY KEY, v text)",
        "INSERT INTO m VALUES ('a', '1'), ('b', '2')",
        "CREATE PROCEDURE silent(k text) LANGUAGE SQL AS 'SELECT 1'",
        "CREATE PROCEDURE speaking(k text, INOUT v text) LANGUAGE plpgsql"
            + " AS $$ BEGIN v := 'to ' || k; END $$",
        "CREATE FUNCTION nothing(k text) RETURNS void LANGUAGE SQL AS ''",
        "CREATE FUNCTION late(k text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN"
            + " RETURN NEXT '1'; RETURN NEXT '2';"
            + " IF k = 'a' THEN RAISE EXCEPTION 'late'; END IF; END $$");
  }

  @AfterAll
  void close() {
    pooler.close();
  }

  private Database open(boolean pooled, LookupEvents events) {
    DatabaseSettings.Builder settings =
        pooled
            ? ServerDatabase.account(server, SCHEMA).host(pooler.host() + ":" + pooler.port())
            : ServerDatabase.settings(server, SCHEMA);
    return Database.open(settings.build(), events);
  }

  private static LookupTable table(Database database, LookupEvents events, String sql)
      throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.POSTGRESQL);
    return SqlTable.builder("results", database).query(query).events(events).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CALL silent('%s')",
        "UPDATE m SET v = v WHERE k = '%s'",
        "SET application_name = 'x'",
        "SELECT late('%s')",
        "SELECT v FROM late('%s') AS v ORDER BY v",
        "SELECT 1 / (2 - v::int) FROM m WHERE '%s' <> '' ORDER BY k",
        "SELECT v FROM m WHERE k = '%s' OR 1 / (2 - v::int) = 0",
      })
  void aStatementWithoutAllItsRowsIsATemporaryFailure(String sql) throws Exception {
    for (boolean pooled : new boolean[] {false, true}) {
      RecordedEvents events = new RecordedEvents();
      try (Database database = open(pooled, events)) {
        LookupTable table = table(database, events, sql);
        for (int i = 0; i < 3; i++) {
          assertThat(table.lookup("a"))
              .as("pooled: %s", pooled)
              .isInstanceOf(TemporaryFailure.class);
        }
        assertThat(table(database, events, "SELECT v FROM m WHERE k = '%s'").lookup("b"))
            .isEqualTo(new Found("2"));
      }
      assertThat(events.of("down")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatGivesRowsIsAnswered(boolean pooled) throws Exception {
    try (Database database = open(pooled, LookupEvents.NONE)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(database, "CALL speaking('%s', NULL)")).isEqualTo(new Found("to b"));
        assertThat(ask(database, "SELECT late('%s')")).isEqualTo(new Found("1,2"));
        assertThat(ask(database, "UPDATE m SET v = v WHERE k = '%s' RETURNING v"))
            .isEqualTo(new Found("2"));
        // A row whose value is empty is no value, for Postfix too.
        assertThat(ask(database, "SELECT nothing('%s')")).isEqualTo(new NotFound());
      }
    }
  }

  private static Object ask(Database database, String sql) throws Exception {
    return table(database, LookupEvents.NONE, sql).lookup("b");
  }
}
