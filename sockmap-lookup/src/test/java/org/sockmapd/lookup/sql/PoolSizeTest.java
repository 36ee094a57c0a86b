package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.PostgresServer;

/** How many connections a node gets, counted on the way to it. */
@Timeout(60)
class PoolSizeTest {
  private static final String SCHEMA = "pool_size";
  private static final int SIZE = 2;
  private static final Found ONE = new Found("1");

  private final FaultyProxy way;

  PoolSizeTest() throws SQLException {
    Rows.create(PostgresServer.shared(), SCHEMA);
    way = FaultyProxy.to(PostgresServer.shared().port());
  }

  @AfterEach
  void close() {
    way.close();
  }

  private DatabaseSettings.Builder settings() {
    return ServerDatabase.account(PostgresServer.shared(), SCHEMA)
        .host(new NodeAddress(way.host(), way.port()))
        .poolSize(SIZE);
  }

  @Test
  void probesOfANodeThatAnswersLateAddNoConnections() throws Exception {
    QueryTemplate slow =
        QueryTemplate.parse(
            "SELECT '1' FROM pg_sleep(0.8) WHERE '%s' <> ''", SqlQuoting.POSTGRESQL);
    DatabaseSettings settings = settings().lookupTimeout(Duration.ofSeconds(1)).build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      LookupTable table = SqlTable.builder("slow", database).query(slow).build();
      for (int i = 0; i < 4; i++) {
        assertThat(table.lookup("a")).isEqualTo(ONE);
      }
      // The last probe may still be taking its leave.
      await().until(() -> way.connections() <= SIZE);
    }
  }

  @Test
  void lookupsThatAllNeedTheRoleOfANodeOpenNoMoreThanThePoolMayHave() throws Exception {
    way.delay(Duration.ofMillis(20));
    DatabaseSettings settings = settings().nodePolicy(NodePolicy.PREFER_REPLICA).build();
    try (Database database = Database.open(settings, LookupEvents.NONE);
        ExecutorService clients = Executors.newCachedThreadPool()) {
      LookupTable table = Rows.table(database, LookupEvents.NONE);
      List<Future<LookupResult>> lookups =
          IntStream.range(0, 10).mapToObj(i -> clients.submit(() -> table.lookup("a"))).toList();
      for (Future<LookupResult> each : lookups) {
        assertThat(each.get()).isEqualTo(ONE);
      }
      assertThat(way.connections()).isBetween(1, SIZE);
    }
  }

  @Test
  void aLookupGetsAConnectionThatComesBackSoonerThanItsOwn() throws Exception {
    DatabaseSettings settings = settings().build();
    try (NodePool pool = pool(settings);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      PooledConnection first = pool.borrow(deadline(settings));
      way.dropNew();
      Future<PooledConnection> second = threads.submit(() -> pool.borrow(deadline(settings)));
      await().until(() -> way.connections() == SIZE);
      pool.giveBack(first, true);
      assertThat(second.get()).isSameAs(first);
      pool.giveBack(first, true);
      assertThat(way.connections()).isEqualTo(SIZE);
    }
  }

  @Test
  void aProbeThatComesAfterTheEndLeavesNoConnection() throws Exception {
    NodePool pool = pool(settings().build());
    pool.close();
    pool.probe();
    await().until(() -> way.connections() == 0);
  }

  /** Hears of openings, and does nothing. */
  private static final class Unheard implements NodePool.Listener {
    @Override
    public void opened() {}

    @Override
    public void gaveNone(SQLException cause) {}

    @Override
    public void gaveOnly(int connections, SQLException cause) {}
  }

  private static NodePool pool(DatabaseSettings settings) {
    Dialect dialect = Dialect.of(settings);
    return new NodePool(
        settings,
        dialect,
        new ConnectionOpener(settings, dialect, node(settings)),
        node(settings),
        new Unheard(),
        System::nanoTime,
        RandomGenerator.getDefault());
  }

  private static String node(DatabaseSettings settings) {
    return settings.hosts().getFirst().toString();
  }

  private static Deadline deadline(DatabaseSettings settings) {
    return Deadline.in(settings.lookupTimeout(), System::nanoTime);
  }
}
