package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;

/** Trouble that MySQL and MariaDB themselves make, and that is no reason to leave the host. */
class MySqlTroubleTest {
  private static final String SCHEMA = "trouble";
  private static final Found ONE = new Found("1");
  private static final TemporaryFailure FAILED = new TemporaryFailure("lookup failed");

  private final RecordedEvents events = new RecordedEvents();

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()));
  }

  private static DatabaseSettings.Builder settings(DatabaseServer server) {
    return ServerDatabase.settings(server, SCHEMA).poolSize(2);
  }

  private LookupTable query(Database database, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.MYSQL);
    return SqlTable.builder("map", database).query(query).events(events).build();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void answersWithoutPreparedStatementsWhenTheServerHasEnough(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    try (Database database = Database.open(settings(server).build(), events)) {
      server.execute(SCHEMA, "SET GLOBAL max_prepared_stmt_count = 0");
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
      assertThat(query(database, "SELECT v, 7 FROM m WHERE k = '%s'").lookup("a"))
          .isEqualTo(new Found("1,7"));
    } finally {
      server.execute(SCHEMA, "SET GLOBAL max_prepared_stmt_count = 16382");
    }
    assertThat(events.of("down")).isEmpty();
    assertThat(events.of("failing")).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void aLockedRowIsATemporaryFailure(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    server.execute(SCHEMA, "SET GLOBAL innodb_lock_wait_timeout = 1");
    try (Database database = Database.open(settings(server).build(), events);
        Connection holder = server.connection(SCHEMA);
        Statement statement = holder.createStatement()) {
      LookupTable locking = query(database, "SELECT v FROM m WHERE k = '%s' FOR UPDATE");
      holder.setAutoCommit(false);
      statement.executeUpdate("UPDATE m SET v = '3' WHERE k = 'a'");
      assertThat(locking.lookup("a")).isEqualTo(FAILED);
      assertThat(locking.lookup("b")).isEqualTo(new Found("2"));
      holder.rollback();
      assertThat(locking.lookup("a")).isEqualTo(ONE);
    } finally {
      server.execute(SCHEMA, "SET GLOBAL innodb_lock_wait_timeout = 50");
    }
    assertThat(events.of("down")).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void aCancelledStatementIsATemporaryFailure(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    try (Database database = Database.open(settings(server).build(), events)) {
      LookupTable slow =
          query(database, "SELECT v FROM m WHERE k = '%s' AND BENCHMARK(2000000000, MD5(k)) = 0");
      CompletableFuture<LookupResult> asked = CompletableFuture.supplyAsync(() -> slow.lookup("a"));
      killWhatSays(server, "KILL QUERY", "BENCHMARK(2000000000");
      assertThat(asked.join()).isEqualTo(FAILED);
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  private static void killWhatSays(DatabaseServer server, String kill, String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              String id =
                  server.single(
                      SCHEMA,
                      "SELECT id FROM information_schema.processlist WHERE command IN"
                          + " ('Query', 'Execute') AND id <> CONNECTION_ID() AND info LIKE '%"
                          + text
                          + "%'");
              server.execute(SCHEMA, kill + " " + id);
              return true;
            });
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void aFunctionThatMayNotWriteIsATemporaryFailure(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    server.execute(
        SCHEMA,
        "DROP FUNCTION IF EXISTS counted",
        "CREATE FUNCTION counted(name VARCHAR(100)) RETURNS VARCHAR(100) DETERMINISTIC"
            + " BEGIN UPDATE m SET v = v WHERE k = name; RETURN name; END",
        "DROP USER IF EXISTS ordinary",
        "CREATE USER ordinary IDENTIFIED BY 'secret'",
        "GRANT ALL ON " + SCHEMA + ".* TO ordinary");
    DatabaseSettings settings = settings(server).account("ordinary", "secret").build();
    try (Database database = Database.open(settings, events)) {
      LookupTable counting = query(database, "SELECT v FROM m WHERE k = counted('%s')");
      server.execute(SCHEMA, "SET GLOBAL read_only = 1");
      assertThat(counting.lookup("zzz")).isEqualTo(FAILED);
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    } finally {
      server.execute(SCHEMA, "SET GLOBAL read_only = 0");
    }
    assertThat(events.of("down")).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void anAccountThatHasAskedEnoughThisHourIsATemporaryFailure(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    server.execute(
        SCHEMA,
        "DROP USER IF EXISTS curious",
        "CREATE USER curious IDENTIFIED BY 'secret' WITH MAX_QUERIES_PER_HOUR 40",
        "GRANT SELECT ON " + SCHEMA + ".* TO curious");
    DatabaseSettings settings = settings(server).account("curious", "secret").build();
    try (Database database = Database.open(settings, events)) {
      // As text: the servers do not count what is prepared.
      LookupTable table = query(database, "SELECT v, 7 FROM m WHERE k = '%s'");
      LookupResult last = table.lookup("a");
      assertThat(last).isEqualTo(new Found("1,7"));
      for (int i = 0; i < 60; i++) {
        last = table.lookup("a");
      }
      assertThat(last).isInstanceOf(TemporaryFailure.class);
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void aConnectionThatWasKilledIsReplacedWithoutALookupNoticing(String name, DatabaseServer server)
      throws Exception {
    Rows.create(server, SCHEMA);
    try (Database database = Database.open(settings(server).build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      killConnections(server);
      assertThat(table.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  private static void killConnections(DatabaseServer server) throws SQLException {
    String ids =
        server.single(
            SCHEMA,
            "SELECT GROUP_CONCAT(id) FROM information_schema.processlist WHERE db = '"
                + SCHEMA
                + "' AND id <> CONNECTION_ID()");
    for (String id : List.of(ids.split(",", -1))) {
      server.execute(SCHEMA, "KILL " + id);
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void anExpiredPasswordIsReportedWithItsCode(String name, DatabaseServer server) throws Exception {
    Rows.create(server, SCHEMA);
    server.execute(
        SCHEMA,
        "DROP USER IF EXISTS expired",
        "CREATE USER expired IDENTIFIED BY 'secret' PASSWORD EXPIRE",
        "GRANT SELECT ON " + SCHEMA + ".* TO expired");
    DatabaseSettings settings = settings(server).account("expired", "secret").build();
    try (Database database = Database.open(settings, events)) {
      assertThat(Rows.table(database, events).lookup("a")).isInstanceOf(TemporaryFailure.class);
      // The thread that was refused reports it, and need not be the one that asked.
      await().untilAsserted(() -> assertThat(events.of("down")).hasSize(1));
    }
    assertThat(events.causes.getFirst())
        .isInstanceOfSatisfying(
            SQLException.class, cause -> assertThat(cause.getErrorCode()).isIn(1820, 1862));
  }
}
