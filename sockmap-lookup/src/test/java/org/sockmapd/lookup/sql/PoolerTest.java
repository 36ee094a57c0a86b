package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.HaProxy;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PgBouncer.PoolMode;
import org.sockmapd.testing.PostgresServer;

/** PgBouncer and HAProxy between sockmapd and PostgreSQL. */
class PoolerTest {
  private static final String SCHEMA = "pooled";
  private static final int KEYS = 50;
  private static final int LOOKUPS = 1_500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static DatabaseServer server = PostgresServer.shared();

  @BeforeAll
  static void fill() throws SQLException {
    server.createDatabase(SCHEMA);
    for (String map : List.of("alias", "recipient", "transport")) {
      server.execute(
          SCHEMA,
          "CREATE TABLE " + map + " (k text PRIMARY KEY, v text)",
          "INSERT INTO "
              + map
              + " SELECT 'k' || i, '"
              + map
              + " ' || i FROM generate_series(0, "
              + (KEYS - 1)
              + ") AS i");
    }
  }

  private static DatabaseSettings.Builder through(PgBouncer pooler) {
    return ServerDatabase.account(server, SCHEMA).host(pooler.host() + ":" + pooler.port());
  }

  private static LookupTable columns(Database database, String map) {
    TableColumns columns = new TableColumns(map, "k", Optional.of("v"), Optional.empty());
    return SqlTable.builder(map, database).columns(columns).build();
  }

  private static LookupTable query(Database database, String map, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.POSTGRESQL);
    return SqlTable.builder(map, database).query(query).build();
  }

  /** Asks a table for keys that are there and keys that are not, from several threads. */
  private static void ask(LookupTable table, String map, List<String> wrong, int lookups)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        running.add(clients.submit(() -> askAll(table, map, wrong, next, lookups)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private static void askAll(
      LookupTable table, String map, List<String> wrong, AtomicInteger next, int lookups) {
    for (int i = next.getAndIncrement(); i < lookups; i = next.getAndIncrement()) {
      int key = i % (2 * KEYS);
      LookupResult expected = key < KEYS ? new Found(map + " " + key) : new NotFound();
      LookupResult got = table.lookup("k" + key);
      if (!got.equals(expected)) {
        synchronized (wrong) {
          wrong.add(map + " " + key + ": " + got);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoDaemonsWithMapsOfTheirOwnGetTheirOwnRows(PoolMode mode) throws Exception {
    List<String> wrong = new ArrayList<>();
    // In session mode each connection of a client has one of the server.
    String size = mode == PoolMode.SESSION ? "20" : "2";
    try (PgBouncer pooler = PgBouncer.start(server, mode, "default_pool_size = " + size);
        Database one = Database.open(through(pooler).build(), LookupEvents.NONE);
        Database other = Database.open(through(pooler).build(), LookupEvents.NONE);
        ExecutorService daemons = Executors.newFixedThreadPool(4)) {
      LookupTable union =
          query(
              other,
              "transport",
              "SELECT v FROM transport WHERE k = '%s' UNION SELECT v FROM transport WHERE k = '%s'");
      // The maps come to each daemon in another order, and so do the names of its statements.
      List<Future<?>> running =
          List.of(
              daemons.submit(() -> run(columns(one, "alias"), "alias", wrong)),
              daemons.submit(() -> run(columns(other, "recipient"), "recipient", wrong)),
              daemons.submit(() -> run(columns(one, "transport"), "transport", wrong)),
              daemons.submit(() -> run(union, "transport", wrong)));
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Void run(LookupTable table, String map, List<String> wrong) throws Exception {
    ask(table, map, wrong, LOOKUPS);
    return null;
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION", "STATEMENT"})
  void manyKeysTogetherGetTheirOwnRows(PoolMode mode) throws Exception {
    try (PgBouncer pooler = PgBouncer.start(server, mode, "default_pool_size = 1");
        Database one = Database.open(through(pooler).build(), LookupEvents.NONE);
        Database other = Database.open(through(pooler).build(), LookupEvents.NONE)) {
      for (int i = 0; i < 3; i++) {
        for (int count : List.of(2, 3, 20, 60)) {
          List<String> keys = new ArrayList<>();
          for (int key = 0; key < count; key++) {
            keys.add("x" + key);
          }
          keys.set(count - 2, "k7");
          assertThat(columns(one, "alias").lookupFirst(keys).result())
              .isEqualTo(new Found("alias 7"));
          assertThat(columns(other, "recipient").lookupFirst(keys).result())
              .isEqualTo(new Found("recipient 7"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableIsCheckedThroughAPooler(PoolMode mode) throws Exception {
    try (PgBouncer pooler = PgBouncer.start(server, mode);
        Database database = Database.open(through(pooler).build(), LookupEvents.NONE)) {
      TableColumns columns = new TableColumns("alias", "k", Optional.of("v"), Optional.empty());
      TableReport report =
          SqlTable.builder("alias", database).columns(columns).build().check().getFirst();
      assertThat(report.problem()).isEmpty();
      assertThat(report.keyIndexed()).contains(true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingInASessionThatAnotherMayGet(PoolMode mode) throws Exception {
    try (PgBouncer pooler =
        PgBouncer.start(server, mode, "default_pool_size = 1", "server_reset_query =")) {
      try (Database database =
          Database.open(through(pooler).poolSize(1).build(), LookupEvents.NONE)) {
        assertThat(columns(database, "alias").lookup("k1")).isEqualTo(new Found("alias 1"));
      }
      try (var other = pooler.connection(SCHEMA, "prepareThreshold=0");
          var statement = other.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT current_setting('statement_timeout'), "
                      + "(SELECT count(*) FROM pg_prepared_statements)")) {
        rows.next();
        assertThat(rows.getString(1) + " " + rows.getString(2)).isEqualTo("0 0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSlowStatementTimesOutAndLeavesTheNodeInUse(PoolMode mode) throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (PgBouncer pooler = PgBouncer.start(server, mode);
        Database database =
            Database.open(
                through(pooler).lookupTimeout(Duration.ofSeconds(2)).poolSize(2).build(), events)) {
      LookupTable slow = query(database, "slow", "SELECT '%s' FROM pg_sleep(60)");
      assertThat(slow.lookup("a")).isInstanceOf(TimedOut.class);
      assertThat(columns(database, "alias").lookup("k1")).isEqualTo(new Found("alias 1"));
      assertThat(events.of("down")).isEmpty();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          server.single(
                              SCHEMA,
                              "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' "
                                  + "AND query LIKE '%FROM pg_sleep(60)%' "
                                  + "AND pid <> pg_backend_pid()"))
                      .isEqualTo("0"));
    }
  }

  @Test
  void answersAfterTheSchemaChangedBehindAPooler() throws Exception {
    server.execute(
        SCHEMA, "DROP TABLE IF EXISTS changing", "CREATE TABLE changing (k text, v integer)");
    server.execute(SCHEMA, "INSERT INTO changing VALUES ('k', 1)");
    try (PgBouncer pooler = PgBouncer.start(server, PoolMode.TRANSACTION, "default_pool_size = 1");
        Database database = Database.open(through(pooler).build(), LookupEvents.NONE)) {
      LookupTable table = columns(database, "changing");
      for (int i = 0; i < 3; i++) {
        assertThat(table.lookup("k")).isEqualTo(new Found("1"));
      }
      server.execute(SCHEMA, "ALTER TABLE changing ALTER COLUMN v TYPE text USING 'x' || v");
      assertThat(table.lookup("k")).isEqualTo(new Found("x1"));
    }
  }

  @Test
  void aPoolerThatRestartsUnderLoadCostsNoWrongAnswer() throws Exception {
    List<String> wrong = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (PgBouncer pooler = PgBouncer.start(server, PoolMode.TRANSACTION, "default_pool_size = 2");
        Database one = Database.open(load(pooler), LookupEvents.NONE);
        Database other = Database.open(load(pooler), LookupEvents.NONE);
        ExecutorService daemons = Executors.newFixedThreadPool(2)) {
      List<Future<?>> running =
          List.of(
              daemons.submit(
                  () -> askUntilEnough(columns(one, "alias"), "alias", wrong, begun, asked)),
              daemons.submit(
                  () ->
                      askUntilEnough(
                          columns(other, "recipient"), "recipient", wrong, begun, asked)));
      begun.await();
      for (int i = 0; i < 3; i++) {
        pooler.stop();
        pooler.start();
        int before = asked.get();
        await().atMost(PATIENCE).until(() -> asked.get() > before + 200);
      }
      asked.set(Integer.MIN_VALUE);
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static DatabaseSettings load(PgBouncer pooler) {
    return through(pooler).probeInterval(Duration.ofMillis(20), Duration.ofMillis(100)).build();
  }

  /** Counts the right answers, and keeps the wrong ones; a failure is neither. */
  private static void askUntilEnough(
      LookupTable table,
      String map,
      List<String> wrong,
      CountDownLatch begun,
      AtomicInteger asked) {
    for (int i = 0; asked.get() >= 0; i++) {
      int key = i % (2 * KEYS);
      LookupResult got = table.lookup("k" + key);
      LookupResult expected = key < KEYS ? new Found(map + " " + key) : new NotFound();
      if (got.equals(expected)) {
        asked.incrementAndGet();
        begun.countDown();
      } else if (got.definitive()) {
        synchronized (wrong) {
          wrong.add(map + " " + key + ": " + got);
        }
      }
    }
  }

  @Test
  void keepsStatementsPreparedThroughAProxyThatForwardsBytes() throws Exception {
    try (HaProxy proxy = HaProxy.start(List.of(server.port()));
        Database database =
            Database.open(
                ServerDatabase.account(server, SCHEMA)
                    .host(proxy.host() + ":" + proxy.port())
                    .poolSize(1)
                    .build(),
                LookupEvents.NONE)) {
      assertThat(named(database)).isPositive();
    }
  }

  @Test
  void keepsStatementsPreparedOnADirectConnectionUnlessToldOtherwise() throws Exception {
    try (Database database = direct(PreparedStatements.AUTO)) {
      assertThat(named(database)).isPositive();
    }
    try (Database database = direct(PreparedStatements.NEVER)) {
      assertThat(named(database)).isZero();
    }
  }

  @Test
  void keepsStatementsPreparedBehindAPoolerIfToldSo() throws Exception {
    try (PgBouncer pooler = PgBouncer.start(server, PoolMode.SESSION);
        Database database =
            Database.open(
                through(pooler).prepared(PreparedStatements.ALWAYS).poolSize(1).build(),
                LookupEvents.NONE)) {
      assertThat(named(database)).isPositive();
    }
  }

  private static Database direct(PreparedStatements prepared) {
    return Database.open(
        ServerDatabase.settings(server, SCHEMA).prepared(prepared).poolSize(1).build(),
        LookupEvents.NONE);
  }

  /** How many statements the session of a lookup keeps. */
  private static int named(Database database) throws Exception {
    assertThat(columns(database, "alias").lookup("k1")).isEqualTo(new Found("alias 1"));
    LookupTable count =
        query(database, "count", "SELECT count(*) FROM pg_prepared_statements WHERE '%s' <> ''");
    return count.lookup("x") instanceof Found(String number) ? Integer.parseInt(number) : -1;
  }
}
