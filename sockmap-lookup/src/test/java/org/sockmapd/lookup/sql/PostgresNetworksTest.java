package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;
import org.sockmapd.lookup.tables.TableFactory;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

/** Network addresses looked up in PostgreSQL's own types for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresNetworksTest {
  private static final String SCHEMA = "networks";
  private static final String[] ROWS = {
    "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "192.0.2.0/24", "2001:db8::/32", "2001:db8::1/128"
  };

  private final DatabaseServer server = PostgresServer.shared();
  private final Database database;
  private final RecordedEvents events = new RecordedEvents();
  private String name = "";
  private int tables;

  PostgresNetworksTest() throws SQLException {
    database = ServerDatabase.fresh(server, SCHEMA);
  }

  @AfterAll
  void close() {
    database.close();
  }

  private void create(String type, String... networks) throws SQLException {
    name = "t" + tables++;
    server.execute(SCHEMA, "CREATE TABLE " + name + " (network " + type + ", action text)");
    for (String network : networks) {
      server.execute(
          SCHEMA, "INSERT INTO %s VALUES ('%s', 'in %s')".formatted(name, network, network));
    }
  }

  /** As the configuration makes it. */
  private LookupTable table(String search) {
    Map<String, Object> values =
        Map.of("table", name, "key", "network", "value", "action", "search", search);
    Settings settings =
        new Settings(
            "",
            values,
            wrong -> {
              throw new AssertionError(wrong);
            });
    return TableFactory.of(List.of(new SqlTableProvider())).create(settings, new Context());
  }

  private final class Context implements TableContext {
    @Override
    public String mapName() {
      return "networks";
    }

    @Override
    public LookupEvents events() {
      return events;
    }

    @Override
    public <T> Optional<T> resource(Class<T> type, String resource) {
      return Optional.of(database).filter(type::isInstance).map(type::cast);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inet", "cidr", "text"})
  void findsTheSmallestNetworkAroundAnAddressWithOneStatement(String type) throws Exception {
    create(type, ROWS);
    LookupTable table = table("network");
    events.lines.clear();
    for (int i = 0; i < 8; i++) {
      assertThat(table.lookup("10.1.2.3")).isEqualTo(new Found("in 10.1.2.3/32"));
      assertThat(table.lookup("10.1.2.4")).isEqualTo(new Found("in 10.1.0.0/16"));
      assertThat(table.lookup("10.2.3.4")).isEqualTo(new Found("in 10.0.0.0/8"));
      assertThat(table.lookup("192.0.2.255")).isEqualTo(new Found("in 192.0.2.0/24"));
      assertThat(table.lookup("192.0.3.0")).isEqualTo(new NotFound());
      assertThat(table.lookup("2001:db8::1")).isEqualTo(new Found("in 2001:db8::1/128"));
      assertThat(table.lookup("2001:DB8:ffff::")).isEqualTo(new Found("in 2001:db8::/32"));
      assertThat(table.lookup("2001:db9::1")).isEqualTo(new NotFound());
      assertThat(table.lookup("::ffff:10.1.2.4")).isEqualTo(new Found("in 10.1.0.0/16"));
    }
    assertThat(events.of("queried")).hasSize(8 * 9);
  }

  @ParameterizedTest
  @CsvSource({"inet, network", "cidr, network", "inet, access", "cidr, access"})
  void findsNoNameInAColumnOfNetworks(String type, String search) throws Exception {
    create(type, "0.0.0.0/0", "::/0");
    for (String key :
        List.of(
            "mail.example.com", "unknown", "a@example.com", "10.1.2", "fe80::1%eth0", "", "<>")) {
      assertThat(table(search).lookup(key)).as(key).isEqualTo(new NotFound());
    }
    assertThat(table(search).lookup("192.0.2.1")).isEqualTo(new Found("in 0.0.0.0/0"));
    assertThat(table(search).lookup("fe80::1")).isEqualTo(new Found("in ::/0"));
  }

  @Test
  void findsNamesBesideNetworksInAColumnOfText() throws Exception {
    create("text", "10.0.0.0/8", "10.1", "example.com");
    assertThat(table("access").lookup("mail.example.com")).isEqualTo(new Found("in example.com"));
    assertThat(table("access").lookup("10.1.2.3")).isEqualTo(new Found("in 10.1"));
    assertThat(table("access").lookup("10.2.2.3")).isEqualTo(new Found("in 10.0.0.0/8"));
    assertThat(table("access").lookup("other.test")).isEqualTo(new NotFound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inet", "cidr"})
  void leavesItToAQueryWhichNetworkCounts(String type) throws Exception {
    create(type, ROWS);
    QueryTemplate query =
        QueryTemplate.parse(
            "SELECT action FROM %s WHERE network >>= CASE WHEN '%%s' ~ '^[0-9.]+$|:' THEN CAST(CAST('%%s' AS text) AS inet) END ORDER BY masklen(network) DESC LIMIT 1"
                .formatted(name),
            SqlQuoting.POSTGRESQL);
    LookupTable table = SqlTable.builder("query", database).query(query).build();
    for (int i = 0; i < 8; i++) {
      assertThat(table.lookup("10.1.2.3")).isEqualTo(new Found("in 10.1.2.3/32"));
      assertThat(table.lookup("10.2.3.4")).isEqualTo(new Found("in 10.0.0.0/8"));
      assertThat(table.lookup("2001:db8::2")).isEqualTo(new Found("in 2001:db8::/32"));
      assertThat(table.lookup("192.0.3.1")).isEqualTo(new NotFound());
      assertThat(table.lookup("mail.example.com")).isEqualTo(new NotFound());
      assertThat(table.lookup("unknown")).isEqualTo(new NotFound());
    }
  }

  @Test
  void answersFromAQueryThatComparesTheAddressAsItIs() throws Exception {
    create("cidr", ROWS);
    QueryTemplate query =
        QueryTemplate.parse(
            "SELECT action FROM "
                + name
                + " WHERE '%s'::inet <<= network ORDER BY masklen(network) DESC LIMIT 1",
            SqlQuoting.POSTGRESQL);
    LookupTable table = SqlTable.builder("query", database).query(query).build();
    assertThat(table.lookup("10.1.2.4")).isEqualTo(new Found("in 10.1.0.0/16"));
    assertThat(table.lookup("mail.example.com")).isEqualTo(new TemporaryFailure("lookup failed"));
  }

  @Test
  void takesTheNetworkOfAnInterfaceForWhatItIsIn() throws Exception {
    create("inet", "10.1.2.3/8", "10.9.9.9/16");
    assertThat(table("network").lookup("10.9.1.1")).isEqualTo(new Found("in 10.9.9.9/16"));
    assertThat(table("network").lookup("10.2.1.1")).isEqualTo(new Found("in 10.1.2.3/8"));
  }

  @Test
  void joinsTheRowsOfOneNetworkAndPassesOverThoseWithoutAValue() throws Exception {
    create("cidr", "10.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16");
    server.execute(
        SCHEMA, "UPDATE %s SET action = NULL WHERE network = '10.1.0.0/16'".formatted(name));
    assertThat(table("network").lookup("10.1.2.3"))
        .isEqualTo(new Found("in 10.0.0.0/8,in 10.0.0.0/8"));
    assertThat(events.of("null")).contains("null networks 10.1.0.0/16");
  }

  @Test
  void answersWhenTheTypeOfTheColumnChanges() throws Exception {
    create("text", "10.1.2.3", "10.1.2.0/24");
    LookupTable table = table("network");
    for (String type : List.of("text", "inet", "cidr", "text", "inet")) {
      alter(type);
      for (int i = 0; i < 8; i++) {
        assertThat(table.lookup("10.1.2.3")).as(type).isEqualTo(new Found("in 10.1.2.3"));
        assertThat(table.lookup("10.1.2.4")).as(type).isEqualTo(new Found("in 10.1.2.0/24"));
        assertThat(table.lookup("10.9.9.9")).as(type).isEqualTo(new NotFound());
      }
    }
  }

  private void alter(String type) throws SQLException {
    // Text of a host's network would be 10.1.2.3/32.
    server.execute(
        SCHEMA,
        "ALTER TABLE %s ALTER COLUMN network TYPE text USING replace(network::text, '/32', '')"
            .formatted(name),
        "ALTER TABLE %s ALTER COLUMN network TYPE %s USING network::%s"
            .formatted(name, type, type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "mail.example.com"})
  void failsForTheTimeThatTheTableIsNotThere(String key) throws Exception {
    create("inet", "10.0.0.0/8");
    LookupTable table = table("network");
    String there = name;
    server.execute(SCHEMA, "ALTER TABLE " + there + " RENAME TO gone");
    assertThat(table.lookup(key)).isEqualTo(new TemporaryFailure("lookup failed"));
    server.execute(SCHEMA, "ALTER TABLE gone RENAME TO " + there);
    LookupResult expected = key.startsWith("10") ? new Found("in 10.0.0.0/8") : new NotFound();
    assertThat(table.lookup(key)).isEqualTo(expected);
  }
}
