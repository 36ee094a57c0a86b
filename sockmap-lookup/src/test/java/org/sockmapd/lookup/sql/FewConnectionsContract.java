package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.HaProxy;

/** A host that gives fewer connections than the pool may have is asked on those that it gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface FewConnectionsContract {
  String SCHEMA = "few_connections";
  int GIVEN = 3;
  int CLIENTS = 16;
  Duration WHILE = Duration.ofSeconds(4);
  Duration PATIENCE = Duration.ofSeconds(30);
  Found ONE = new Found("1");

  DatabaseServer server();

  /** Statements that make an account new which may read, with the password "secret". */
  List<String> createAccount(String name);

  /** A statement that lets an account have so many connections at a time. */
  String limit(String account, int connections);

  /** A condition that is true after a pause. */
  String pause(double seconds);

  @BeforeAll
  default void fill() throws SQLException {
    Rows.create(server(), SCHEMA);
  }

  private DatabaseSettings.Builder settings(String host, int port) {
    return ServerDatabase.account(server(), SCHEMA)
        .host(new NodeAddress(host, port))
        .poolSize(10)
        .connectTimeout(Duration.ofSeconds(1));
  }

  private DatabaseSettings.Builder limited(String account, int connections) throws SQLException {
    server().execute(SCHEMA, createAccount(account).toArray(String[]::new));
    server().execute(SCHEMA, limit(account, connections));
    return settings(server().host(), server().port()).account(account, "secret");
  }

  /** Each lookup of it takes a connection for a while. */
  private LookupTable slow(Database database, double seconds) throws Exception {
    String sql = "SELECT v FROM m WHERE k = '%s' AND " + pause(seconds);
    QueryTemplate query = QueryTemplate.parse(sql, database.settings().type().quoting());
    return SqlTable.builder("slow", database).query(query).batching(false).build();
  }

  private void answersAll(DatabaseSettings settings) throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (Database database = Database.open(settings, events);
        Load load = Load.of(slow(database, 0.002), "a", CLIENTS)) {
      load.during(WHILE);
      await().atMost(PATIENCE).until(() -> !events.of("limited").isEmpty());
      load.endsWithout("a failure", ONE);
    }
    assertThat(events.of("down")).isEmpty();
    String node = settings.hosts().getFirst().toString();
    assertThat(events.of("limited")).containsExactly("limited " + node + " " + GIVEN);
  }

  @Test
  default void everyLookupIsAnsweredOnTheConnectionsOfALimitedAccount() throws Exception {
    answersAll(limited("limited", GIVEN).build());
  }

  @Test
  default void everyLookupIsAnsweredByAProxyThatLeavesConnectionsInItsBacklog() throws Exception {
    try (HaProxy proxy = HaProxy.start(List.of(server().port()), GIVEN)) {
      answersAll(settings(proxy.host(), proxy.port()).build());
    }
  }

  @Test
  default void everyLookupIsAnsweredByAProxyThatQueuesConnections() throws Exception {
    try (HaProxy proxy = HaProxy.queueing(server().port(), GIVEN)) {
      answersAll(settings(proxy.host(), proxy.port()).build());
    }
  }

  @Test
  default void slowLookupsOnAllConnectionsOfAQueueingProxyAreNoOutage() throws Exception {
    try (HaProxy proxy = HaProxy.queueing(server().port(), GIVEN)) {
      DatabaseSettings settings =
          settings(proxy.host(), proxy.port()).lookupTimeout(Duration.ofSeconds(6)).build();
      RecordedEvents events = new RecordedEvents();
      try (Database database = Database.open(settings, events);
          Load load = Load.of(slow(database, 2.5), "a", GIVEN + 1)) {
        load.during(WHILE).endsWithout("a failure", ONE);
      }
      assertThat(events.of("down")).isEmpty();
    }
  }

  @Test
  default void moreConnectionsAreUsedOnceAHostGivesThem() throws Exception {
    DatabaseSettings settings = limited("growing", 1).build();
    try (Database database = Database.open(settings, LookupEvents.NONE);
        Load load = Load.of(slow(database, 0.1), "a", CLIENTS)) {
      load.during(Duration.ofSeconds(1));
      assertThat(load.count(ONE)).isLessThan(15);
      server().execute(SCHEMA, limit("growing", 5));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                long before = load.count(ONE);
                return load.during(Duration.ofSeconds(1)).count(ONE) - before > 30;
              });
      load.endsWithout("a failure", ONE);
    }
  }

  @Test
  default void theSecondHostTakesWhatTheFirstCannot() throws Exception {
    try (HaProxy proxy = HaProxy.queueing(server().port(), 1)) {
      DatabaseSettings settings =
          settings(proxy.host(), proxy.port())
              .host(new NodeAddress(server().host(), server().port()))
              .build();
      try (Database database = Database.open(settings, LookupEvents.NONE);
          Load load = Load.of(slow(database, 0.8), "a", 10)) {
        load.during(WHILE).endsWithout("a failure", ONE);
        assertThat(load.count(ONE)).isGreaterThan(10);
      }
    }
  }

  @Test
  default void aNewDatabaseWaitsForTheConnectionsOfTheOldOneThatItReplaces() throws Exception {
    DatabaseSettings settings = limited("replaced", 1).build();
    RecordedEvents events = new RecordedEvents();
    try (ExecutorService client = Executors.newSingleThreadExecutor();
        Database next = Database.open(settings, events)) {
      Future<LookupResult> answer;
      try (Database old = Database.open(settings, LookupEvents.NONE)) {
        assertThat(Rows.table(old, LookupEvents.NONE).lookup("a")).isEqualTo(ONE);
        LookupTable table = Rows.table(next, events);
        answer = client.submit(() -> table.lookup("a"));
        Thread.sleep(300);
      }
      assertThat(answer.get()).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }
}
