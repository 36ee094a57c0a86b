package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;

class SqliteFailureTest {
  private static final Found ONE = new Found("1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RecordedEvents events = new RecordedEvents();
  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path directory) {
    file = directory.resolve("mail.sqlite");
  }

  @Test
  void doesNotMakeAFileThatIsMissingAndAnswersOnceItIsThere() throws SQLException {
    try (Database database = open(Duration.ofSeconds(5))) {
      LookupTable table = Rows.table(database, events);
      assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      assertThat(file).doesNotExist();
      assertThat(events.lines).containsExactly("down " + file);
      create();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(table.lookup("a")).isEqualTo(ONE));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsATemporaryFailure() throws Exception {
    Files.writeString(file, "This is not a database, however long it may be. ".repeat(100));
    try (Database database = open(Duration.ofSeconds(5))) {
      assertThat(Rows.table(database, events).lookup("a")).isInstanceOf(TemporaryFailure.class);
    }
  }

  @Test
  void aQueryWithoutAnEndTimesOutAndLeavesTheFileInUse() throws Exception {
    create();
    QueryTemplate endless =
        QueryTemplate.parse(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                + " SELECT i FROM n WHERE i < 0 AND '%s' <> ''",
            SqlQuoting.SQLITE);
    try (Database database = open(Duration.ofMillis(500))) {
      LookupTable table = SqlTable.builder("slow", database).query(endless).build();
      assertThat(table.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      assertThat(Rows.table(database, events).lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  void aFileThatIsLockedForTooLongTimesOut() throws Exception {
    create();
    try (Database database = open(Duration.ofMillis(500));
        Connection writer = writer();
        Statement statement = writer.createStatement()) {
      LookupTable table = Rows.table(database, events);
      statement.execute("BEGIN EXCLUSIVE");
      assertThat(table.lookup("a")).isEqualTo(new TimedOut("lookup timed out"));
      statement.execute("COMMIT");
      assertThat(table.lookup("a")).isEqualTo(ONE);
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  void aConnectionThatWaitsForItsFirstUseKeepsNoReplacedFileOpen() throws Exception {
    create();
    AtomicLong clock = new AtomicLong();
    DatabaseSettings settings = settings(Duration.ofSeconds(5));
    Dialect dialect = Dialect.of(settings);
    ConnectionOpener opener = new ConnectionOpener(settings, dialect, file.toString());
    try (NodePool pool = new NodePool(settings, dialect, opener, file.toString(), clock::get)) {
      pool.probe();
      Files.delete(file);
      create();
      update("UPDATE m SET v = '2'");
      clock.addAndGet(Duration.ofSeconds(6).toNanos());
      pool.prune();
      try (Connection connection = pool.borrow(Deadline.in(PATIENCE, clock::get));
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT v FROM m")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("2");
      }
    }
  }

  private DatabaseSettings settings(Duration timeout) {
    return DatabaseSettings.builder(DatabaseType.SQLITE, file.toString())
        .lookupTimeout(timeout)
        .probeInterval(Duration.ofMillis(50), Duration.ofMillis(200))
        .build();
  }

  private Database open(Duration timeout) {
    return Database.open(settings(timeout), events);
  }

  private Connection writer() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private void create() throws SQLException {
    update("CREATE TABLE m (k TEXT, v TEXT)", "INSERT INTO m VALUES ('a', '1')");
  }

  private void update(String... sql) throws SQLException {
    try (Connection connection = writer();
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }
}
