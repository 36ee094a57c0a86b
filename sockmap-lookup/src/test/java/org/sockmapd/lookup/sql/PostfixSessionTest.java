package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.Postmap;

/**
 * Servers of MySQL and MariaDB that their administrators have set up in their own way, asked by
 * Postfix's {@code mysql:} table and by ours: the session is as the server made it.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostfixSessionTest {
  private static final String SCHEMA = "session";

  /** What differs without an answer being another one. */
  private static final Set<String> HARMLESS =
      Set.of(
          // The limit for a statement.
          "max_statement_time",
          "max_execution_time",
          // What the driver hears of beside its answers.
          "session_track_schema",
          "session_track_system_variables",
          // Of this moment, or this session.
          "gtid_next",
          "last_insert_id",
          "pseudo_thread_id",
          "rand_seed1",
          "rand_seed2",
          "statement_id",
          "timestamp",
          // Of the last statement, which one side prepares.
          "error_count",
          "in_transaction",
          "warning_count");

  private static final List<String> SETTINGS =
      List.of(
          "--default-time-zone=+05:30",
          "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,HIGH_NOT_PRECEDENCE,REAL_AS_FLOAT",
          "--character-set-server=latin1",
          "--collation-server=latin1_german1_ci",
          "--div-precision-increment=7",
          "--group-concat-max-len=9",
          "--lc-time-names=de_DE",
          "--default-week-format=3",
          "--transaction-isolation=READ-COMMITTED",
          "--init-connect=SET SESSION max_sort_length = 77");

  private static final String ABSENT = "(not found)";
  private static final String FAILED = "(failed)";

  @TempDir private Path folder;
  private final TimeZone zone = TimeZone.getDefault();
  private final Map<String, DatabaseServer> servers = new LinkedHashMap<>();
  private final Postmap postmap = Postmap.with(Map.of("smtputf8_enable", "yes"));

  @BeforeAll
  void startServers() throws SQLException {
    servers.put("MySQL", MySqlServer.start(SETTINGS.toArray(String[]::new)));
    servers.put("MariaDB", MariaDbServer.start(SETTINGS.toArray(String[]::new)));
    servers.put("MariaDB taken for MySQL", server("MariaDB").takenForMySql());
    fill(server("MySQL"), "IDENTIFIED WITH mysql_native_password BY 'secret'");
    fill(server("MariaDB"), "IDENTIFIED BY 'secret'");
  }

  private DatabaseServer server(String name) {
    return Objects.requireNonNull(servers.get(name));
  }

  @AfterAll
  void close() {
    servers.values().forEach(DatabaseServer::close);
    postmap.close();
  }

  @BeforeEach
  void liveElsewhere() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterEach
  void comeHome() {
    TimeZone.setDefault(zone);
  }

  private static void fill(DatabaseServer server, String identified) throws SQLException {
    server.createDatabase(SCHEMA);
    server.execute(
        SCHEMA,
        "CREATE USER ordinary " + identified,
        "GRANT ALL ON " + SCHEMA + ".* TO ordinary",
        "CREATE TABLE t (k VARCHAR(50) CHARACTER SET utf8mb4, l VARCHAR(50) CHARACTER SET latin1,"
            + " d VARCHAR(50) CHARACTER SET latin1 COLLATE latin1_german2_ci,"
            + " b VARCHAR(50) CHARACTER SET latin2, n INT, at TIMESTAMP NULL, f REAL, c CHAR(6))",
        "CREATE FUNCTION touched(name VARCHAR(50)) RETURNS INT"
            + " BEGIN UPDATE t SET n = 7 WHERE k = name; RETURN ROW_COUNT(); END",
        row("plain", "plain", "plain", "plain"),
        row("f\u00fcr", "f\u00fcr", "f\u00fcr", "f\u00fcr"),
        row("\u20ac 5", "\u20ac 5", "\u20ac 5", "x"),
        row("\u201cq\u201d", "\u201cq\u201d", "\u201cq\u201d", "x"),
        row("\u0159", "x", "x", "\u0159"),
        row("back\\slash", "back\\slash", "back\\slash", "back\\slash"),
        row("\\", "\\", "\\", "\\"),
        row("o''neil", "o''neil", "o''neil", "o''neil"),
        row("\\''", "\\''", "\\''", "\\''"),
        row("\"q\"", "\"q\"", "\"q\"", "\"q\""),
        row("{fn now()}", "{fn now()}", "{fn now()}", "{fn now()}"),
        row("q?", "q?", "q?", "q?"));
  }

  private static String row(String k, String l, String d, String b) {
    return "INSERT INTO t VALUES ('%s', '%s', '%s', '%s', 7, '2026-07-01 12:00:00', 0.1, 'ab')"
        .formatted(k, l, d, b);
  }

  static Stream<String> names() {
    return Stream.of("MySQL", "MariaDB", "MariaDB taken for MySQL");
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasTheVariablesOfPostfixsOwn(String name) throws Exception {
    DatabaseServer server = server(name);
    String table =
        name.equals("MySQL")
            ? "performance_schema.session_variables"
            : "information_schema.session_variables";
    Map<String, String> differences =
        differences(
            server,
            "SELECT CONCAT(variable_value, '.') FROM " + table + " WHERE variable_name = '%s'",
            variables(server, table));
    differences.keySet().removeAll(HARMLESS);
    if (name.equals("MySQL")) {
      // Debian's Postfix has MariaDB's library, which names one; MySQL's own leaves the default.
      assertThat(differences.remove("collation_connection"))
          .isEqualTo("Postfix <utf8mb4_general_ci.>, we <utf8mb4_0900_ai_ci.>");
    }
    assertThat(differences).isEmpty();
  }

  private static List<String> variables(DatabaseServer server, String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.connection(SCHEMA);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT LOWER(variable_name) FROM " + table + " ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    assertThat(names).hasSizeGreaterThan(300);
    return names;
  }

  private static final List<String> KEYS =
      List.of(
          "plain",
          "PLAIN",
          "f\u00fcr",
          "fur",
          "fuer",
          "F\u00dcR",
          "\u20ac 5",
          "\u201cq\u201d",
          "\u0159",
          "back\\slash",
          "back\\\\slash",
          "\\",
          "\\\\",
          "o'neil",
          "o''neil",
          "\\'",
          "\"q\"",
          "{fn now()}",
          "q?",
          "\u4e2d",
          "\ud83d\ude00",
          "7",
          "absent");

  static Stream<String> queries() {
    return Stream.of(
        "SELECT k FROM t WHERE k = '%s'",
        "SELECT l FROM t WHERE l = '%s'",
        "SELECT d FROM t WHERE d = '%s'",
        "SELECT b FROM t WHERE b = '%s'",
        "SELECT k, n, l FROM t WHERE k = '%s'",
        "SELECT k FROM t WHERE l LIKE '%%%u' AND k = '%s'",
        "SELECT 'a' || k || 'b' FROM t WHERE k = '%s'",
        "SELECT \"k\" FROM t WHERE k = '%s'",
        "SELECT CONCAT(n / 3, ' ', NOT 1 BETWEEN -5 AND 5) FROM t WHERE k = '%s'",
        "SELECT at FROM t WHERE k = '%s'",
        "SELECT at = FROM_UNIXTIME(1782887400) FROM t WHERE k = '%s'",
        "SELECT UNIX_TIMESTAMP('2026-07-01 12:00:00') FROM t WHERE k = '%s'",
        "SELECT MONTHNAME('2026-03-01'), WEEK('2026-01-01') FROM t WHERE k = '%s'",
        "SELECT GROUP_CONCAT(n, n, n, n, n, n, n, n, n, n, n, n) FROM t WHERE k = '%s' HAVING 1",
        "SELECT CONCAT('[', c, ']'), f FROM t WHERE k = '%s'",
        "SELECT k FROM t WHERE CONCAT(k, '') = '%s'",
        "SELECT CONCAT(n) FROM t WHERE CONCAT(n) = '%s' AND k = 'plain'",
        "SELECT SUM (n) FROM t WHERE k = '%s' HAVING COUNT(*)",
        "SELECT touched('%s')",
        "SELECT '{fn now()}' FROM t WHERE k = '%s'",
        "SELECT LENGTH('%s') FROM t WHERE k = 'plain'",
        "SELECT HEX('%s') FROM t WHERE k = 'plain'");
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersAsPostfixsOwn(String name) throws Exception {
    Map<String, Object> all = new TreeMap<>();
    for (String query : queries().toList()) {
      Map<String, String> differences = differences(server(name), query, KEYS);
      if (!differences.isEmpty()) {
        all.put(query, differences);
      }
    }
    assertThat(all).isEmpty();
  }

  /** The one thing that is not left: a lookup would see the rows of the session's first. */
  @ParameterizedTest
  @MethodSource("names")
  void seesWhatHasChangedWhereSessionsDoNotCommitByThemselves(String name) throws Exception {
    DatabaseServer server = server(name);
    server.execute(
        SCHEMA,
        "SET GLOBAL autocommit = 0",
        "SET GLOBAL transaction_isolation = 'REPEATABLE-READ'");
    DatabaseSettings settings =
        ServerDatabase.settings(server, SCHEMA).account("ordinary", "secret").build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      LookupTable table =
          SqlTable.builder("map", database)
              .query(QueryTemplate.parse("SELECT n FROM t WHERE k = '%s'", SqlQuoting.MYSQL))
              .build();
      assertThat(table.lookup("q?")).isEqualTo(new Found("7"));
      server.execute(SCHEMA, "UPDATE t SET n = 8 WHERE k = 'q?'");
      assertThat(table.lookup("q?")).isEqualTo(new Found("8"));
    } finally {
      server.execute(
          SCHEMA,
          "SET GLOBAL autocommit = 1",
          "SET GLOBAL transaction_isolation = 'READ-COMMITTED'",
          "UPDATE t SET n = 7 WHERE k = 'q?'");
    }
  }

  /** Where the two differ: what Postfix has, and what we. */
  private Map<String, String> differences(DatabaseServer server, String query, List<String> keys)
      throws Exception {
    Map<String, String> theirs = theirs(server, query, keys);
    Map<String, String> differences = new TreeMap<>();
    DatabaseSettings settings =
        ServerDatabase.settings(server, SCHEMA).account("ordinary", "secret").build();
    try (Database database = Database.open(settings, LookupEvents.NONE)) {
      LookupTable table =
          SqlTable.builder("map", database)
              .query(QueryTemplate.parse(query, SqlQuoting.MYSQL))
              .build();
      for (String key : keys) {
        String ours = shown(table.lookup(key.toLowerCase(Locale.ROOT))); // As Postfix does.
        if (!ours.equals(theirs.get(key))) {
          differences.put(key, "Postfix <" + theirs.get(key) + ">, we <" + ours + ">");
        }
      }
    }
    return differences;
  }

  private Map<String, String> theirs(DatabaseServer server, String query, List<String> keys)
      throws IOException {
    Path options =
        Files.writeString(
            folder.resolve("client.cnf"), "[client]\ndefault-character-set = utf8mb4\n");
    Path file = folder.resolve("table.cf");
    Files.writeString(
        file,
        """
        hosts = inet:%s:%d
        user = ordinary
        password = secret
        dbname = %s
        option_file = %s
        option_group = client
        query = %s
        """
            .formatted(server.host(), server.port(), SCHEMA, options, query));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Command.Outcome outcome = postmap.query("mysql:" + file, keys);
    return outcome.stderr().isEmpty() ? found(outcome, keys) : oneByOne(file, keys);
  }

  private static Map<String, String> found(Command.Outcome outcome, List<String> keys) {
    Map<String, String> found = new LinkedHashMap<>();
    keys.forEach(key -> found.put(key, ABSENT));
    outcome
        .stdout()
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(parts -> found.put(parts[0], parts[1]));
    return found;
  }

  /** Postfix gives up at the first key that fails. */
  private Map<String, String> oneByOne(Path file, List<String> keys) {
    Map<String, String> found = new LinkedHashMap<>();
    postmap
        .queryEach("mysql:" + file, keys)
        .forEach(
            (key, outcome) ->
                found.put(
                    key,
                    outcome.status() == 0
                        ? outcome.stdout().stripTrailing()
                        : outcome.stderr().isEmpty() ? ABSENT : FAILED));
    return found;
  }

  private static String shown(LookupResult result) {
    return switch (result) {
      case Found(String value) -> value.stripTrailing();
      case NotFound() -> ABSENT;
      case TemporaryFailure failure -> FAILED;
      case TimedOut failure -> FAILED;
    };
  }
}
