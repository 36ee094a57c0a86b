package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

/** Keys and values of other types than text, as libpq shows them to Postfix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTypesTest {
  private static final String SCHEMA = "types";

  private final DatabaseServer server = PostgresServer.shared();
  private final Database database;
  private String name = "";
  private int tables;

  PostgresTypesTest() throws SQLException {
    database = ServerDatabase.fresh(server, SCHEMA);
    server.execute(SCHEMA, "CREATE EXTENSION IF NOT EXISTS citext");
  }

  @AfterAll
  void close() {
    database.close();
  }

  private LookupTable table(RecordedEvents events) {
    TableColumns columns = new TableColumns(name, "k", Optional.of("v"), Optional.empty());
    return SqlTable.builder("typed", database).columns(columns).events(events).build();
  }

  private void create(String keyType, String key, String valueType, String value)
      throws SQLException {
    // A new name each time: a statement that is prepared keeps the type that its key had.
    name = "t" + tables++;
    server.execute(
        SCHEMA,
        "CREATE TABLE " + name + " (k " + keyType + ", v " + valueType + ")",
        "INSERT INTO " + name + " VALUES ('" + key + "', '" + value + "')");
  }

  @ParameterizedTest
  @CsvSource({
    "boolean, true, t",
    "integer, 042, 42",
    "numeric, 1.50, 1.50",
    "double precision, 0.1, 0.1",
    "inet, 10.0.0.1, 10.0.0.1",
    "cidr, 10.0.0.0/8, 10.0.0.0/8",
    "bytea, abc, \\x616263",
    "char(4), ab, 'ab  '",
    "date, 2026-11-22, 2026-11-22"
  })
  void showsAValueAsTheServerWritesIt(String type, String stored, String shown) throws Exception {
    create("text", "k", type, stored);
    LookupTable table = table(new RecordedEvents());
    for (int i = 0; i < 8; i++) {
      assertThat(table.lookup("k")).isEqualTo(new Found(shown));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 42, 42, 43",
    "inet, 10.0.0.1, 10.0.0.1, 10.0.0.2",
    "citext, Bob, bOB, Bib",
    "char(4), ab, ab, abc",
    "varchar(2), ab, ab, abc",
    "uuid, 6ba7b810-9dad-11d1-80b4-00c04fd430c8, 6BA7B8109DAD11D180B400C04FD430C8, "
        + "6ba7b810-9dad-11d1-80b4-00c04fd430c9"
  })
  void comparesAKeyAsALiteralWouldBe(String type, String stored, String key, String other)
      throws Exception {
    create(type, stored, "text", "found");
    assertThat(table(new RecordedEvents()).lookup(key)).isEqualTo(new Found("found"));
    assertThat(table(new RecordedEvents()).lookup(other)).isEqualTo(new NotFound());
  }

  @Test
  void aKeyThatDoesNotFitItsColumnFailsAloneAndIsReportedOnce() throws Exception {
    create("integer", "42", "text", "found");
    RecordedEvents events = new RecordedEvents();
    LookupTable table = table(events);
    for (int i = 0; i < 5; i++) {
      assertThat(table.lookup("no number")).isEqualTo(new TemporaryFailure("lookup failed"));
      assertThat(table.lookup("42")).isEqualTo(new Found("found"));
    }
    assertThat(events.of("failing")).hasSize(1);
    assertThat(events.of("recovered")).isEmpty();
  }

  @Test
  void aKeyThatDoesNotFitDoesNotHideAMoreSpecificOne() throws Exception {
    create("inet", "10.1.2.3", "text", "host");
    LookupTable table = table(new RecordedEvents());
    assertThat(table.lookupFirst(List.of("10.1.2.3", "10.1.2", "10.1")))
        .isEqualTo(new FirstMatch("10.1.2.3", new Found("host")));
    assertThat(table.lookupFirst(List.of("10.1.2.4", "10.1.2", "10.1")))
        .isEqualTo(new FirstMatch("10.1.2", new TemporaryFailure("lookup failed")));
  }

  @Test
  void answersWhenTheTypeOfAColumnChangesUnderAPreparedStatement() throws Exception {
    create("text", "k", "integer", "1");
    LookupTable table = table(new RecordedEvents());
    for (int i = 0; i < 8; i++) {
      assertThat(table.lookup("k")).isEqualTo(new Found("1"));
    }
    alter("ALTER COLUMN v TYPE text USING 'x' || v");
    assertThat(table.lookup("k")).isEqualTo(new Found("x1"));
  }

  @Test
  void answersWhenTheTypeOfTheKeyChangesUnderAPreparedStatement() throws Exception {
    create("text", "42", "text", "found");
    LookupTable table = table(new RecordedEvents());
    for (int i = 0; i < 8; i++) {
      assertThat(table.lookup("42")).isEqualTo(new Found("found"));
    }
    alter("ALTER COLUMN k TYPE integer USING k::integer");
    assertThat(table.lookup("42")).isEqualTo(new Found("found"));
  }

  private void alter(String change) throws SQLException {
    server.execute(SCHEMA, "ALTER TABLE " + name + " " + change);
  }

  @Test
  void tellsTheServerTheTypeOfAKeyThatItCannotGuess() throws Exception {
    QueryTemplate query =
        QueryTemplate.parse("SELECT concat('<', '%s', '>')", SqlQuoting.POSTGRESQL);
    SqlTable table = SqlTable.builder("guess", database).query(query).build();
    assertThat(table.check().getFirst().problem()).isEmpty();
    assertThat(table.lookup("k")).isEqualTo(new Found("<k>"));
  }

  @Test
  void findsATableInASchemaThatIsNamed() throws Exception {
    server.execute(
        SCHEMA,
        "DROP SCHEMA IF EXISTS mail CASCADE",
        "CREATE SCHEMA mail",
        "CREATE TABLE mail.users (k text PRIMARY KEY, v text)",
        "INSERT INTO mail.users VALUES ('a', '1')");
    TableColumns columns = new TableColumns("mail.users", "k", Optional.of("v"), Optional.empty());
    SqlTable table = SqlTable.builder("users", database).columns(columns).build();
    assertThat(table.lookup("a")).isEqualTo(new Found("1"));
    assertThat(table.check().getFirst().keyIndexed()).contains(true);
    assertThat(table.check().getFirst().writePrivileges())
        .containsExactly("INSERT", "UPDATE", "DELETE");
  }
}
