package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.testing.DatabaseServer;

/** What every kind of server can do wrong, and what a lookup makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface ServerFailureContract {
  String SCHEMA = "failures";
  Found ONE = new Found("1");
  Duration PATIENCE = Duration.ofSeconds(30);

  /** A server that only this class uses. */
  DatabaseServer server();

  /** A statement that gives a new account with the password "secret". */
  List<String> createAccount(String name);

  /** A query that runs for a minute if it is let. */
  QueryTemplate slowQuery() throws Exception;

  /** A statement that lets an account have one connection at a time. */
  String limitToOneConnection(String account);

  /** A condition that is true after a pause. */
  String pause(double seconds);

  default DatabaseSettings.Builder settings() {
    return ServerDatabase.settings(server(), SCHEMA)
        .poolSize(3)
        .probeInterval(Duration.ofMillis(50), Duration.ofMillis(500));
  }

  @BeforeAll
  default void fill() throws SQLException {
    Rows.create(server(), SCHEMA);
    server()
        .execute(
            SCHEMA,
            "CREATE TABLE allowed (k VARCHAR(100), v VARCHAR(100))",
            "INSERT INTO allowed VALUES ('a', '1')");
  }

  @AfterAll
  default void close() {
    server().close();
  }

  @AfterEach
  default void repair() {
    server().resume();
  }

  @Test
  default void aWrongPasswordIsReportedOnceAndItselfNever() {
    RecordedEvents events = new RecordedEvents();
    String password = "wrong-PASSWORD-4711";
    DatabaseSettings settings = settings().account(server().username(), password).build();
    try (Database database = Database.open(settings, events)) {
      LookupTable table = Rows.table(database, events);
      for (int i = 0; i < 20; i++) {
        assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      }
    }
    assertThat(events.lines).containsExactly("down " + settings.hosts().getFirst());
    assertThat(stackTrace(events.causes.getFirst())).doesNotContain(password);
    assertThat(settings.toString()).doesNotContain(password);
  }

  private static String stackTrace(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  @Test
  default void anUnknownSchemaIsATemporaryFailureReportedOnce() {
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = ServerDatabase.settings(server(), "no_such").poolSize(3).build();
    try (Database database = Database.open(settings, events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      assertThat(table.lookup("b")).isEqualTo(new TemporaryFailure("database unavailable"));
    }
    assertThat(events.lines).containsExactly("down " + settings.hosts().getFirst());
  }

  @Test
  default void aTableThatMayNotBeReadFailsAloneAndLeavesTheNodeInUse() throws Exception {
    server().execute(SCHEMA, createAccount("reader").toArray(String[]::new));
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = settings().account("reader", "secret").build();
    try (Database database = Database.open(settings, events)) {
      LookupTable forbidden = Rows.table(database, events);
      assertThat(forbidden.lookup("a")).isEqualTo(new TemporaryFailure("lookup failed"));
      assertThat(forbidden.lookup("b")).isEqualTo(new TemporaryFailure("lookup failed"));
      LookupTable allowed =
          SqlTable.builder("other", database)
              .columns(
                  new TableColumns("allowed", "k", Rows.COLUMNS.value(), Rows.COLUMNS.reason()))
              .build();
      assertThat(allowed.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("failing")).containsExactly("failing map");
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void aSlowQueryTimesOutAndLeavesTheNodeInUse() throws Exception {
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = settings().lookupTimeout(Duration.ofSeconds(1)).build();
    try (Database database = Database.open(settings, events)) {
      LookupTable slow =
          SqlTable.builder("slow", database).query(slowQuery()).events(events).build();
      assertThat(slow.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      assertThat(slow.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("failing")).containsExactly("failing slow");
    assertThat(events.of("down")).isEmpty();
  }

  private LookupTable query(Database database, RecordedEvents events, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, database.settings().type().quoting());
    return SqlTable.builder("query", database).query(query).events(events).build();
  }

  @Test
  default void aSearchKeyByKeyEndsWithItsTimeAndLeavesTheNodeInUse() throws Exception {
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = settings().lookupTimeout(Duration.ofSeconds(1)).build();
    try (Database database = Database.open(settings, events)) {
      // There are two rows.
      String sql = "SELECT v FROM m WHERE '%s' <> '' AND NOT " + pause(0.3);
      LookupTable vain = query(database, events, sql);
      assertThat(vain.lookup("a")).isEqualTo(new NotFound());
      long begun = System.nanoTime();
      assertThat(vain.lookupFirst(List.of("a", "b", "c", "d")).result())
          .isEqualTo(new TimedOut("lookup timed out"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1700));
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void aServerThatGivesNoFurtherConnectionStaysInUse() throws Exception {
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings =
        settings()
            .account(lonely("lonely"), "secret")
            .lookupTimeout(Duration.ofSeconds(2))
            .connectTimeout(Duration.ofMillis(300))
            .build();
    String sql = "SELECT v FROM allowed WHERE k = '%s' AND " + pause(1.2);
    try (Database database = Database.open(settings, events);
        ExecutorService client = Executors.newSingleThreadExecutor()) {
      LookupTable slow = query(database, events, sql);
      // Slow enough for the node to be probed, which is refused.
      assertThat(slow.lookup("a")).isEqualTo(ONE);
      Future<LookupResult> first = client.submit(() -> slow.lookup("a"));
      await().until(() -> !database.answersWithoutDelay());
      assertThat(slow.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      assertThat(first.get()).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  /** Makes an account that has one connection at a time. */
  private String lonely(String account) throws SQLException {
    server().execute(SCHEMA, createAccount(account).toArray(String[]::new));
    server().execute(SCHEMA, limitToOneConnection(account));
    return account;
  }

  @Test
  default void lookupsThatBeginTogetherShareTheConnectionsThatAServerGives() throws Exception {
    RecordedEvents events = new RecordedEvents();
    for (int round = 0; round < 5; round++) {
      DatabaseSettings settings = settings().account(lonely("lonely" + round), "secret").build();
      try (Database database = Database.open(settings, events);
          ExecutorService clients = Executors.newCachedThreadPool()) {
        LookupTable table = query(database, events, "SELECT v FROM allowed WHERE k = '%s'");
        List<Callable<LookupResult>> lookups = Collections.nCopies(3, () -> table.lookup("a"));
        for (Future<LookupResult> each : clients.invokeAll(lookups)) {
          assertThat(each.get()).isEqualTo(ONE);
        }
      }
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void aRestartBetweenTwoLookupsCostsNoAnswer() throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings().build(), events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      server().stop();
      server().start();
      assertThat(table.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  default void aStoppedServerIsATemporaryFailureUntilItIsBack() {
    server().stop();
    failsUntilItIsBack();
  }

  @Test
  default void aKilledServerIsATemporaryFailureUntilItIsBack() {
    server().kill();
    failsUntilItIsBack();
  }

  private void failsUntilItIsBack() {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings().build(), events)) {
      LookupTable table = Rows.table(database, events);
      for (int i = 0; i < 20; i++) {
        assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      }
      server().start();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(table.lookup("a")).isEqualTo(ONE));
    }
    String node = settings().build().hosts().getFirst().toString();
    assertThat(events.of("down")).containsExactly("down " + node);
    assertThat(events.of("up")).containsExactly("up " + node);
  }

  @Test
  default void aFrozenServerCostsOneLookupItsTimeAndTheOthersNone() {
    RecordedEvents events = new RecordedEvents();
    DatabaseSettings settings = settings().lookupTimeout(Duration.ofSeconds(2)).build();
    try (Database database = Database.open(settings, events)) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(ONE);
      server().pause();
      assertThat(table.lookup("a")).isNotInstanceOf(Found.class);
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(table.lookup("a")).isInstanceOf(TemporaryFailure.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      server().resume();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(table.lookup("a")).isEqualTo(ONE));
    }
    assertThat(events.of("down")).hasSize(1);
    assertThat(events.of("up")).hasSize(1);
  }
}
