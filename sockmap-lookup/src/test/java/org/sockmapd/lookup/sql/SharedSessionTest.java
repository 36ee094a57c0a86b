package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

/**
 * A session that looks like the connection's own, while another client prepares statements in it. A
 * function plays the other client: it does what the pooler would let that one do.
 */
class SharedSessionTest {
  private static final String SCHEMA = "shared_session";

  private static final DatabaseServer SERVER = PostgresServer.shared();

  private final RecordedEvents events = new RecordedEvents();

  @BeforeAll
  static void fill() throws SQLException {
    SERVER.createDatabase(SCHEMA);
    SERVER.execute(
        SCHEMA,
        "CREATE TABLE alias (k text PRIMARY KEY, v text)",
        "INSERT INTO alias SELECT 'k' || i, 'alias ' || i FROM generate_series(1, 9) AS i",
        "CREATE TABLE recipient (k text PRIMARY KEY, v text)",
        "INSERT INTO recipient SELECT 'k' || i, 'recipient ' || i FROM generate_series(1, 9) AS i",
        """
        CREATE FUNCTION other_client(statement text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE named record;
        BEGIN
          FOR named IN SELECT name FROM pg_prepared_statements LOOP
            EXECUTE 'DEALLOCATE "' || named.name || '"';
            IF statement <> 'nothing' THEN
              EXECUTE 'PREPARE "' || named.name || '" ' || statement;
            END IF;
          END LOOP;
          RETURN 'done';
        END $$
        """);
  }

  private Database open() {
    return Database.open(ServerDatabase.settings(SERVER, SCHEMA).poolSize(1).build(), events);
  }

  private LookupTable aliases(Database database) {
    TableColumns columns = new TableColumns("alias", "k", Optional.of("v"), Optional.empty());
    return SqlTable.builder("alias", database).columns(columns).events(events).build();
  }

  private void otherClientPrepares(Database database, String statement) throws Exception {
    QueryTemplate query = QueryTemplate.parse("SELECT other_client('%s')", SqlQuoting.POSTGRESQL);
    SqlTable table = SqlTable.builder("other", database).query(query).build();
    assertThat(table.lookup(statement)).isEqualTo(new Found("done"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(text) AS SELECT v, 'x' FROM recipient WHERE k = $1",
        "(text) AS SELECT v FROM recipient WHERE k = $1",
        "(text) AS SELECT v, k, 'x', 'y' FROM recipient WHERE k = $1",
        "(text) AS SELECT v, NULL FROM recipient WHERE k = $1",
        "(text, text) AS SELECT v, 'x' FROM recipient WHERE k IN ($1, $2)",
        "AS SELECT v, 'x' FROM recipient"
      })
  void anotherClientsStatementIsNotBelievedAndTheKeyIsAskedAgain(String statement)
      throws Exception {
    try (Database database = open()) {
      LookupTable table = aliases(database);
      for (int i = 0; i < 3; i++) {
        assertThat(table.lookup("k1")).isEqualTo(new Found("alias 1"));
      }
      otherClientPrepares(database, statement);
      assertThat(table.lookup("k2")).isEqualTo(new Found("alias 2"));
      otherClientPrepares(database, statement);
      assertThat(table.lookup("k3")).isEqualTo(new Found("alias 3"));
    }
    assertThat(events.of("shared")).hasSize(1);
    assertThat(events.of("down")).isEmpty();
    assertThat(events.of("failing")).isEmpty();
  }

  @Test
  void aStatementThatIsGoneIsPreparedAnew() throws Exception {
    try (Database database = open()) {
      LookupTable table = aliases(database);
      assertThat(table.lookup("k1")).isEqualTo(new Found("alias 1"));
      otherClientPrepares(database, "nothing");
      assertThat(table.lookup("k2")).isEqualTo(new Found("alias 2"));
    }
    assertThat(events.of("down")).isEmpty();
    assertThat(events.of("failing")).isEmpty();
  }

  @Test
  void rowsOfSeveralKeysAreCheckedToo() throws Exception {
    try (Database database = open()) {
      LookupTable table = aliases(database);
      for (int count : List.of(2, 20)) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          keys.add("x" + i);
        }
        keys.set(1, "k2");
        assertThat(table.lookupFirst(keys).result()).isEqualTo(new Found("alias 2"));
        int values = count == 2 ? 2 : 96;
        otherClientPrepares(
            database,
            "("
                + "text,".repeat(values - 1)
                + "text) AS SELECT 'recipient', '0' WHERE $1 IS NOT NULL");
        assertThat(table.lookupFirst(keys).result()).isEqualTo(new Found("alias 2"));
      }
    }
  }

  @Test
  void aStatementWithoutAMarkIsNeverKept() throws Exception {
    try (Database database = open()) {
      LookupTable marked = table(database, "SELECT v FROM alias WHERE k = '%s' ORDER BY v");
      LookupTable unmarked =
          table(
              database,
              "(SELECT v FROM alias WHERE k = '%s') UNION SELECT v FROM alias WHERE k = ''");
      LookupTable kept =
          table(
              database,
              "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '(%%' AND '%s' <> ''");
      assertThat(marked.lookup("k1")).isEqualTo(new Found("alias 1"));
      assertThat(unmarked.lookup("k1")).isEqualTo(new Found("alias 1"));
      assertThat(kept.lookup("x")).isEqualTo(new Found("0"));
    }
  }

  private LookupTable table(Database database, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.POSTGRESQL);
    return SqlTable.builder("query", database).query(query).events(events).build();
  }
}
