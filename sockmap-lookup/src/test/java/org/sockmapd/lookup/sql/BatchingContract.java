package org.sockmapd.lookup.sql;

import static java.lang.Thread.currentThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.NonBlocking;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FaultyProxy;

/** What many lookups at one time are answered: each what it is answered alone, and once. */
interface BatchingContract {
  String SCHEMA = "batching";
  int LOOKUPS = 400;

  DatabaseServer server();

  /** A query that is slow for the key "slow" and for no other. */
  String slowQuery();

  /** Values that a union might show otherwise, each with its type. */
  List<String[]> typedValues();

  /** Settings of one place for a caller, so that the others are batched. */
  default DatabaseSettings.Builder settings() {
    return ServerDatabase.settings(server(), SCHEMA).poolSize(3);
  }

  default Database open() {
    return Database.open(settings().build(), LookupEvents.NONE);
  }

  default void rows() throws SQLException {
    server().createDatabase(SCHEMA);
    server()
        .execute(
            SCHEMA,
            "CREATE TABLE m (k VARCHAR(100), v VARCHAR(100), why VARCHAR(100))",
            "INSERT INTO m VALUES ('a', '1', NULL), ('A', 'upper', 'x'), ('ä', 'umlaut', ''),"
                + " ('a ', 'blank', NULL), ('twice', 'x', NULL), ('twice', 'x', NULL),"
                + " ('null', NULL, 'why'), ('empty', '', NULL), ('', 'nothing', NULL),"
                + " ('@example.com', 'all', NULL), ('bob@example.com', 'bob', NULL)");
  }

  default SqlTable.Builder table(Database database) {
    return SqlTable.builder("m", database);
  }

  default SqlTable columns(Database database, LookupEvents events) {
    return table(database)
        .columns(new TableColumns("m", "k", Optional.of("v"), Optional.of("why")))
        .events(events)
        .build();
  }

  default SqlTable query(Database database, LookupEvents events, String query) throws Exception {
    QueryTemplate template = QueryTemplate.parse(query, database.settings().type().quoting());
    return table(database).query(template).events(events).build();
  }

  static List<String> keys(Random random) {
    List<String> known =
        List.of(
            "a",
            "A",
            "ä",
            "Ä",
            "a ",
            "twice",
            "null",
            "empty",
            "",
            "@example.com",
            "bob@example.com",
            "bob+x@example.com",
            "none",
            "half \uD83D",
            "nul\0",
            "o'brien\\",
            "%");
    return IntStream.range(0, LOOKUPS)
        .mapToObj(i -> known.get(random.nextInt(known.size())))
        .toList();
  }

  @Test
  default void manyClientsGetTheAnswersOfSingleLookups() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      assertAnsweredAlike(columns(database, statements), statements);
    }
  }

  @Test
  default void manyClientsGetTheAnswersOfSingleQueries() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      String query = "SELECT v, why FROM m WHERE k = '%s' OR k = '@%d' LIMIT 3";
      assertAnsweredAlike(query(database, statements, query), statements);
    }
  }

  private static void assertAnsweredAlike(SqlTable table, CountedStatements statements)
      throws Exception {
    Asked asked = Asked.of(table, keys(new Random(1)));
    asked.assertAnsweredAlikeBy(table);
    assertThat(statements.batches).hasPositiveValue();
  }

  @Test
  default void aKeyThatMakesTheStatementFailFailsAlone() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      // More than one row is an error there.
      String query = "SELECT v FROM m WHERE k = '%s' AND v = (SELECT v FROM m WHERE k = '%s')";
      SqlTable table = query(database, statements, query);
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        keys.addAll(List.of("bob@example.com", "none", i % 50 == 7 ? "twice" : "@example.com"));
      }
      Asked.of(table, keys).assertAnsweredAlikeBy(table);
      assertThat(table.lookup("twice"))
          .isNotInstanceOf(NotFound.class)
          .isNotInstanceOf(Found.class);
    }
    assertThat(statements.batches).hasPositiveValue();
  }

  @Test
  default void aKeyThatIsSlowFailsAlone() throws Exception {
    rows();
    DatabaseSettings settings = settings().poolSize(4).lookupTimeout(Duration.ofSeconds(6)).build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      SqlTable table = query(database, LookupEvents.NONE, slowQuery());
      List<String> keys =
          IntStream.range(0, 200).mapToObj(i -> i == 100 ? "slow" : "bob@example.com").toList();
      List<LookupResult> results = new ArrayList<>(Asked.of(table, keys).results());
      LookupResult slow = results.remove(100);
      assertThat(slow.definitive()).isFalse();
      assertThat(results).containsOnly(new Found("bob"));
    }
  }

  @Test
  default void showsValuesAsSingleLookupsDo() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      int number = 0;
      for (String[] typed : typedValues()) {
        String name = "t" + number++;
        server()
            .execute(
                SCHEMA,
                "CREATE TABLE " + name + " (k VARCHAR(10), v " + typed[0] + ")",
                "INSERT INTO " + name + " VALUES ('k', " + typed[1] + "), ('n', NULL)");
        SqlTable table =
            table(database)
                .columns(new TableColumns(name, "k", Optional.of("v"), Optional.empty()))
                .events(statements)
                .build();
        List<String> keys = IntStream.range(0, 100).mapToObj(i -> i % 3 == 0 ? "n" : "k").toList();
        Asked.of(table, keys).assertAnsweredAlikeBy(table);
        assertThat(table.lookupFirst(List.of("n", "k")))
            .as(typed[0])
            .isEqualTo(new LookupTable.FirstMatch("k", table.lookup("k")));
      }
    }
    assertThat(statements.batches).hasPositiveValue();
  }

  @Test
  default void findsTheFirstOfSeveralKeysOfManyLookups() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      SqlTable table = columns(database, statements);
      List<List<String>> searches =
          List.of(
              List.of("bob+x@example.com", "bob@example.com", "@example.com"),
              List.of("eve@example.com", "@example.com"),
              List.of("half \uD83D", "none"),
              IntStream.range(0, 40).mapToObj(i -> "key " + i).toList());
      Map<String, List<String>> byName =
          searches.stream().collect(Collectors.toMap(List::getFirst, keys -> keys));
      LookupTable search = new Searching(table, byName);
      List<String> names =
          IntStream.range(0, LOOKUPS).mapToObj(i -> searches.get(i % 4).getFirst()).toList();
      Asked.of(search, names).assertAnsweredAlikeBy(search);
    }
    assertThat(statements.batches).hasPositiveValue();
  }

  /**
   * Looks for several keys in place of the first of them, and answers with the one that matched.
   */
  record Searching(LookupTable table, Map<String, List<String>> keys) implements LookupTable {
    @Override
    public LookupResult lookup(String key) {
      return new Found(table.lookupFirst(keys.getOrDefault(key, List.of(key))).toString());
    }

    @Override
    public void lookup(String key, Consumer<? super LookupResult> answer) {
      table.lookupFirst(
          keys.getOrDefault(key, List.of(key)),
          match -> answer.accept(new Found(match.toString())));
    }
  }

  @Test
  default void formatsAndLimitsEachAnswerByItself() throws Exception {
    rows();
    try (Database database = open()) {
      SqlTable table =
          table(database)
              .query(
                  QueryTemplate.parse(
                      "SELECT v FROM m WHERE k = '%s'", database.settings().type().quoting()))
              .resultFormat(ResultFormat.parse("<%s of %S>"))
              .expansionLimit(1)
              .build();
      List<String> keys =
          IntStream.range(0, 200).mapToObj(i -> i % 4 == 0 ? "twice" : "@example.com").toList();
      Asked.of(table, keys).assertAnsweredAlikeBy(table);
    }
  }

  @Test
  default void doesNotBatchWhatMustNotBe() throws Exception {
    rows();
    CountedStatements statements = new CountedStatements();
    try (Database database = open()) {
      SqlTable ordered = query(database, statements, "SELECT v FROM m WHERE k = '%s' ORDER BY v");
      Asked.of(ordered, keys(new Random(1))).assertAnsweredAlikeBy(ordered);
      SqlTable forbidden =
          table(database)
              .columns(new TableColumns("m", "k", Optional.of("v"), Optional.empty()))
              .batching(false)
              .events(statements)
              .build();
      Asked.of(forbidden, keys(new Random(2))).assertAnsweredAlikeBy(forbidden);
    }
    assertThat(statements.batches).hasValue(0);
    assertThat(statements.single).hasPositiveValue();
  }

  @Test
  default void holdsUpNoThreadThatMustNotBe() throws Exception {
    rows();
    try (Database database = open()) {
      String ordered = "SELECT v FROM m WHERE k = '%s' ORDER BY v";
      for (SqlTable table :
          List.of(
              columns(database, LookupEvents.NONE),
              query(database, LookupEvents.NONE, ordered),
              table(database)
                  .columns(new TableColumns("m", "k", Optional.of("v"), Optional.empty()))
                  .batching(false)
                  .build())) {
        Queue<Thread> answering = new ConcurrentLinkedQueue<>();
        Thread asking =
            new NonBlockingThread(() -> askForMany(table, () -> answering.add(currentThread())));
        asking.start();
        await().until(() -> answering.size() == LOOKUPS);
        assertThat(answering).doesNotContain(asking);
      }
    }
  }

  @Test
  default void startsNoPlatformThreadForEachLookupOfAThreadThatMustNotBeHeldUp() throws Exception {
    rows();
    try (Database database = open()) {
      SqlTable table =
          table(database)
              .columns(new TableColumns("m", "k", Optional.of("v"), Optional.empty()))
              .batching(false)
              .build();
      Queue<Thread> answering = new ConcurrentLinkedQueue<>();
      new NonBlockingThread(() -> askForMany(table, () -> answering.add(currentThread()))).start();
      await().until(() -> answering.size() == LOOKUPS);
      assertThat(answering).allMatch(Thread::isVirtual);
    }
  }

  @Test
  default void opensNoConnectionOnAThreadThatIsLent() throws Exception {
    rows();
    try (Database database = open()) {
      SqlTable table = columns(database, LookupEvents.NONE);
      assertThat(asksOnLentThread(table)).as("without an open connection").isFalse();
      await().until(() -> asksOnLentThread(table));
    }
  }

  /** Tells whether a lookup is answered by the thread that asks, which lends itself. */
  private static boolean asksOnLentThread(LookupTable table) {
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    LentThread asking =
        new LentThread(
            () -> table.lookup("twice", result -> answering.complete(Thread.currentThread())));
    asking.start();
    return answering.join() == asking;
  }

  private static void askForMany(LookupTable table, Runnable onAnswer) {
    for (int i = 0; i < LOOKUPS; i++) {
      table.lookup(
          "twice",
          result -> {
            assertThat(result).isEqualTo(new Found("x,x"));
            onAnswer.run();
          });
    }
  }

  /** A thread that serves others too. */
  final class NonBlockingThread extends Thread implements NonBlocking {
    NonBlockingThread(Runnable task) {
      super(task);
    }
  }

  /** A thread that runs what it is to do later. */
  final class LentThread extends Thread implements NonBlocking {
    private final Runnable first;
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();

    LentThread(Runnable first) {
      this.first = first;
    }

    @Override
    public void run() {
      first.run();
      for (Runnable next = later.poll(); next != null; next = later.poll()) {
        next.run();
      }
    }

    @Override
    public boolean later(Runnable task, Runnable meanwhile) {
      return later.add(task);
    }
  }

  @Test
  default void everyLookupFailsInTimeWhenTheServerHangs() throws Exception {
    rows();
    Duration timeout = Duration.ofSeconds(2);
    try (FaultyProxy proxy = FaultyProxy.to(server().port());
        Database database =
            Database.open(
                ServerDatabase.account(server(), SCHEMA)
                    .host(new NodeAddress(proxy.host(), proxy.port()))
                    .poolSize(3)
                    .lookupTimeout(timeout)
                    .build(),
                LookupEvents.NONE)) {
      SqlTable table = columns(database, LookupEvents.NONE);
      Asked.of(table, keys(new Random(3))).assertAnsweredAlikeBy(table);
      proxy.hang();
      long begun = System.nanoTime();
      List<LookupResult> results = Asked.of(table, keys(new Random(4))).results();
      // A driver may take the time once more until it gives a silent connection up.
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(timeout.multipliedBy(2).plus(Duration.ofSeconds(1)));
      assertThat(results).doesNotHaveAnyElementsOfTypes(Found.class);
      proxy.forward();
    }
  }

  @Test
  default void aCutConnectionCostsNoAnswerWhileAnotherNodeIsUp() throws Exception {
    rows();
    try (FaultyProxy first = FaultyProxy.to(server().port());
        FaultyProxy second = FaultyProxy.to(server().port());
        Database database =
            Database.open(
                ServerDatabase.account(server(), SCHEMA)
                    .host(new NodeAddress(first.host(), first.port()))
                    .host(new NodeAddress(second.host(), second.port()))
                    .poolSize(3)
                    .build(),
                LookupEvents.NONE)) {
      SqlTable table = columns(database, LookupEvents.NONE);
      Asked before = Asked.of(table, keys(new Random(4)));
      first.refuse();
      first.resetAll();
      Asked during = Asked.of(table, keys(new Random(5)));
      before.assertAnsweredAlikeBy(table);
      during.assertAnsweredAlikeBy(table);
    }
  }

  @Test
  default void aClosedDatabaseIsATemporaryFailure() throws Exception {
    rows();
    Database database = open();
    SqlTable table = columns(database, LookupEvents.NONE);
    database.close();
    assertThat(Asked.of(table, Collections.nCopies(LOOKUPS, "a")).results())
        .containsOnly(new TemporaryFailure("database unavailable"));
  }
}
