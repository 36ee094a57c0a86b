package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.lookup.LookupResult;
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
  void answersFromAFileThatReplacesAnotherAtOnce() throws Exception {
    create();
    Path next = file.resolveSibling("next.sqlite");
    try (Database database = open(Duration.ofSeconds(5))) {
      LookupTable table = Rows.table(database, events);
      for (int i = 2; i < 20; i++) {
        assertThat(table.lookup("a")).isEqualTo(new Found(Integer.toString(i - 1)));
        write(next, "CREATE TABLE m (k TEXT, v TEXT)", "INSERT INTO m VALUES ('a', '" + i + "')");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
      assertThat(table.lookup("a")).isEqualTo(new Found("19"));
    }
    assertThat(events.of("down")).isEmpty();
  }

  @Test
  void twoDatabasesOfOneNameChangeToAnotherFileTogether() throws Exception {
    create();
    Path next = file.resolveSibling("next.sqlite");
    try (Database first = open(Duration.ofSeconds(5));
        Database second = open(Duration.ofSeconds(5))) {
      LookupTable ofFirst = Rows.table(first, events);
      LookupTable ofSecond = Rows.table(second, events);
      assertThat(ofFirst.lookup("a")).isEqualTo(ONE);
      assertThat(ofSecond.lookup("a")).isEqualTo(ONE);
      write(next, "CREATE TABLE m (k TEXT, v TEXT)", "INSERT INTO m VALUES ('a', '2')");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(ofFirst.lookup("a")).isEqualTo(new Found("2"));
      assertThat(openFiles()).noneMatch(open -> open.endsWith(" (deleted)"));
      assertThat(ofSecond.lookup("a")).isEqualTo(new Found("2"));
    }
  }

  /** What this process has open of the test's folder; Linux marks what has no name any more. */
  private List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)) {
          open.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
    }
    return open.stream().filter(name -> name.contains(file.getFileName().toString())).toList();
  }

  @Test
  void answersNothingOfAWriteAheadLogThatWasTheReplacedFiles() throws Exception {
    create();
    Path next = file.resolveSibling("next.sqlite");
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    Path shared = file.resolveSibling(file.getFileName() + "-shm");
    try (Database database = open(Duration.ofSeconds(5))) {
      LookupTable table = Rows.table(database, events);
      try (Connection writer = writer();
          Statement statement = writer.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("UPDATE m SET v = 'logged'");
        assertThat(table.lookup("a")).isEqualTo(new Found("logged"));
        write(
            next,
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE m (k TEXT, v TEXT)",
            "INSERT INTO m VALUES ('a', 'new')");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      }
      assertThat(table.lookup("a")).isEqualTo(new TemporaryFailure("database unavailable"));
      Files.deleteIfExists(log);
      Files.deleteIfExists(shared);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(table.lookup("a")).isEqualTo(new Found("new")));
    }
  }

  @Test
  void answersRightlyWhileFilesInWalModeReplaceEachOtherUnderLoad() throws Exception {
    Path next = file.resolveSibling("next.sqlite");
    writeInWalMode(next, "0");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger latest = new AtomicInteger();
    AtomicLong answers = new AtomicLong();
    try (Database database = open(Duration.ofSeconds(5));
        ExecutorService clients = Executors.newFixedThreadPool(4)) {
      LookupTable table = Rows.table(database, events);
      Callable<@Nullable LookupResult> client =
          () -> {
            while (!over.get()) {
              int before = latest.get();
              LookupResult result = table.lookup("a");
              boolean right =
                  result instanceof Found(String value) && Integer.parseInt(value) >= before;
              // A lookup may meet two files in a row that were replaced, and must not guess.
              if (!right && !(result instanceof TemporaryFailure)) {
                return result;
              }
              answers.addAndGet(right ? 1 : 0);
            }
            return null;
          };
      List<Future<@Nullable LookupResult>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(clients.submit(client));
      }
      for (int i = 1; i <= 100; i++) {
        writeInWalMode(next, Integer.toString(i));
        long until = answers.get() + 20;
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        latest.set(i);
        await().atMost(PATIENCE).until(() -> answers.get() >= until);
      }
      over.set(true);
      for (Future<@Nullable LookupResult> one : running) {
        assertThat(one.get()).as("a wrong answer").isNull();
      }
    }
  }

  private static void writeInWalMode(Path to, String value) throws SQLException {
    write(
        to,
        "PRAGMA journal_mode = WAL",
        "CREATE TABLE m (k TEXT, v TEXT)",
        "INSERT INTO m VALUES ('a', '" + value + "')");
  }

  private static void write(Path to, String... sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to);
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
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
    write(file, sql);
  }
}
