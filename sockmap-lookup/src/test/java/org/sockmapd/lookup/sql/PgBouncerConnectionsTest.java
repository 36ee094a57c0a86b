package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PgBouncer.PoolMode;
import org.sockmapd.testing.PostgresServer;

/** PgBouncer that has fewer connections to give than the pool may have. */
@Timeout(120)
class PgBouncerConnectionsTest {
  private static final String SCHEMA = "pgbouncer_connections";
  private static final int CLIENTS = 16;
  private static final Duration WHILE = Duration.ofSeconds(4);
  private static final Found ONE = new Found("1");
  private static final DatabaseServer SERVER = PostgresServer.shared();

  @BeforeAll
  static void fill() throws SQLException {
    Rows.create(SERVER, SCHEMA);
  }

  /** A login succeeds, and the first statement waits for a connection of the server's. */
  @Test
  void everyLookupIsAnsweredWhereFirstStatementsWaitForASession() throws Exception {
    answersAll(PoolMode.SESSION, "default_pool_size = 3");
  }

  @Test
  void everyLookupIsAnsweredWhereFurtherClientsAreRefused() throws Exception {
    answersAll(PoolMode.SESSION, "max_client_conn = 3");
  }

  @Test
  void everyLookupIsAnsweredWhereStatementsWaitForAServer() throws Exception {
    answersAll(PoolMode.TRANSACTION, "default_pool_size = 2");
  }

  private static void answersAll(PoolMode mode, String limit) throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (PgBouncer pooler = PgBouncer.start(SERVER, mode, limit);
        Database database = Database.open(settings(pooler), events);
        Load load = Load.of(slow(database), "a", CLIENTS)) {
      load.during(WHILE).endsWithout("a failure", ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  private static DatabaseSettings settings(PgBouncer pooler) {
    return ServerDatabase.account(SERVER, SCHEMA)
        .host(new NodeAddress(pooler.host(), pooler.port()))
        .poolSize(10)
        .connectTimeout(Duration.ofSeconds(1))
        .build();
  }

  private static LookupTable slow(Database database) throws Exception {
    String sql = "SELECT v FROM m WHERE k = '%s' AND pg_sleep(0.002) IS NOT NULL";
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.POSTGRESQL);
    return SqlTable.builder("slow", database).query(query).batching(false).build();
  }
}
