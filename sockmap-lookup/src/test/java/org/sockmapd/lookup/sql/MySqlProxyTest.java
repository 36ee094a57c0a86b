package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.HaProxy;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;

/** A proxy between sockmapd and a server of MySQL or MariaDB. */
@Timeout(120)
class MySqlProxyTest {
  private static final String SCHEMA = "proxied";
  private static final Found ONE = new Found("1");
  private static final int OWN_NUMBERS = 70_001;

  private final RecordedEvents events = new RecordedEvents();

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()));
  }

  private static DatabaseSettings.Builder settings(DatabaseServer server, int port) {
    return ServerDatabase.account(server, SCHEMA)
        .host("127.0.0.1:" + port)
        .tls(TlsSettings.of(TlsMode.DISABLE));
  }

  private LookupTable query(Database database, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.MYSQL);
    return SqlTable.builder("map", database).query(query).events(events).build();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void thatGreetsForItselfIsLeftNothingInItsSessions(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    server.execute(
        SCHEMA,
        "INSERT INTO m VALUES ('o''neil', '3'), ('back\\\\slash', '4'), ('f\u00fcr', '5'), ('\\\\',"
            + " '6')");
    try (GreetingProxy proxy = new GreetingProxy(server.port(), OWN_NUMBERS);
        Database database = Database.open(settings(server, proxy.port()).build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      int connections = proxy.greeted();
      proxy.queries.clear();
      assertThat(table.lookup("o'neil")).isEqualTo(new Found("3"));
      assertThat(table.lookup("back\\slash")).isEqualTo(new Found("4"));
      assertThat(table.lookup("f\u00fcr")).isEqualTo(new Found("5"));
      assertThat(table.lookup("\\")).isEqualTo(new Found("6"));
      assertThat(table.lookup("\\' OR 1 = 1 -- ")).isEqualTo(new NotFound());
      assertThat(table.lookup("' OR 1 = 1 -- ")).isEqualTo(new NotFound());
      assertThat(table.lookupFirst(List.of("'", "\\", "a")))
          .isEqualTo(new FirstMatch("\\", new Found("6")));
      assertThat(query(database, "SELECT v, 7 FROM m WHERE k = '%s'").lookup("\\"))
          .isEqualTo(new Found("6,7"));

      // One finds out, one may be doubted for having been opened meanwhile, one is kept.
      assertThat(connections).isBetween(2, 3);
      assertThat(proxy.greeted()).as("no further ones").isEqualTo(connections);
      assertThat(proxy.prepared).isEmpty();
      assertThat(proxy.queries)
          .isNotEmpty()
          .noneMatch(sql -> sql.toUpperCase(Locale.ROOT).matches("(?s)[^A-Z(]*SET .*"))
          .noneMatch(sql -> sql.contains("\\") || sql.contains("''"));
    }
    assertThat(events.of("down")).isEmpty();
    assertThat(events.of("failing")).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void setsNothingInASessionThatIsNotItsOwn(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    try (GreetingProxy proxy = new GreetingProxy(server.port(), OWN_NUMBERS);
        Database database = Database.open(settings(server, proxy.port()).build(), events)) {
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
      assertThat(proxy.queries)
          .noneMatch(sql -> sql.contains("max_statement_time = "))
          .noneMatch(sql -> sql.contains("max_execution_time = "))
          .noneMatch(sql -> sql.contains("SET NAMES"));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void thatPassesOnTheServersGreetingIsNoDifference(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    try (GreetingProxy proxy = new GreetingProxy(server.port(), 0);
        Database database = Database.open(settings(server, proxy.port()).build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      assertThat(table.lookup("b")).isEqualTo(new Found("2"));
      assertThat(proxy.greeted()).isEqualTo(1);
      assertThat(proxy.prepared).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void haproxyIsNoDifference(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    try (HaProxy haproxy = HaProxy.start(List.of(server.port()));
        GreetingProxy seen = new GreetingProxy(haproxy.port(), 0);
        Database database = Database.open(settings(server, seen.port()).build(), events)) {
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
      assertThat(seen.greeted()).isEqualTo(1);
      assertThat(seen.prepared).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void isAskedAsTheAdministratorSays(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    assertThat(prepared(server, OWN_NUMBERS, PreparedStatements.ALWAYS)).hasSize(1);
    assertThat(prepared(server, OWN_NUMBERS, PreparedStatements.NEVER)).isEmpty();
    assertThat(prepared(server, 0, PreparedStatements.NEVER)).isEmpty();
  }

  private List<String> prepared(DatabaseServer server, int offset, PreparedStatements choice)
      throws Exception {
    try (GreetingProxy proxy = new GreetingProxy(server.port(), offset);
        Database database =
            Database.open(settings(server, proxy.port()).prepared(choice).build(), events)) {
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
      return List.copyOf(proxy.prepared);
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void doesNotTakeASlowStatementForAHostThatHangs(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    try (GreetingProxy proxy = new GreetingProxy(server.port(), OWN_NUMBERS);
        Database database =
            Database.open(
                settings(server, proxy.port()).lookupTimeout(Duration.ofSeconds(1)).build(),
                events)) {
      LookupTable slow =
          query(database, "SELECT v FROM m WHERE k = '%s' AND BENCHMARK(2000000000, MD5(k)) = 0");
      assertThat(slow.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
      assertThat(events.of("down")).as("%s", events.causes).isEmpty();
      if (name.equals("MySQL")) {
        assertThat(proxy.queries).anyMatch(sql -> sql.contains("/*+ MAX_EXECUTION_TIME(900) */"));
      }
    } finally {
      endStatements(server);
    }
  }

  private static void endStatements(DatabaseServer server) throws Exception {
    String ids =
        server.single(
            SCHEMA,
            "SELECT COALESCE(GROUP_CONCAT(id), '') FROM information_schema.processlist"
                + " WHERE id <> CONNECTION_ID() AND info LIKE '%BENCHMARK(2000000000%'");
    for (String id : List.of(ids.split(",", -1))) {
      if (!id.isEmpty()) {
        server.execute(SCHEMA, "KILL " + id);
      }
    }
  }
}
