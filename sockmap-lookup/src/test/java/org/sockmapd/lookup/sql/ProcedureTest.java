package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
 * Procedures of MySQL and MariaDB, and what else may give one result, none or several. Postfix's
 * own table, with {@code require_result_set} as it is by default, has the last word.
 */
@Timeout(300)
class ProcedureTest {
  private static final String SCHEMA = "procedures";
  private static final String FAILED = "(failed)";
  private static final String ABSENT = "(not found)";

  /** Three that answer, and those that give something else than one result. */
  private static final Map<String, String> BODIES =
      new TreeMap<>(
          Map.of(
              "one", "SELECT v FROM m WHERE k = name;",
              "no_rows", "SELECT v FROM m WHERE k = name AND FALSE;",
              "after_work", "UPDATE m SET v = v WHERE k = name; SELECT v FROM m WHERE k = name;",
              "before_work", "SELECT v FROM m WHERE k = name; UPDATE m SET v = v WHERE k = name;",
              "none", "UPDATE m SET v = v WHERE k = name;",
              "none_for_some", "IF name = 'a' THEN SELECT v FROM m WHERE k = name; END IF;",
              "two", "SELECT v FROM m WHERE k = name; SELECT v FROM m WHERE k = name;",
              "two_numbers", "SELECT 7; SELECT v, 8 FROM m WHERE k = name;",
              "error_after",
                  "SELECT v FROM m WHERE k = name; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT ="
                      + " 'no';",
              "error_first", "SIGNAL SQLSTATE '45000'; SELECT v FROM m WHERE k = name;"));

  @TempDir private Path folder;
  private final RecordedEvents events = new RecordedEvents();

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("MySQL", MySqlServer.shared()),
        Arguments.of("MariaDB", MariaDbServer.shared()),
        Arguments.of("MariaDB taken for MySQL", MariaDbServer.shared().takenForMySql()));
  }

  private static void create(DatabaseServer server) throws SQLException {
    Rows.create(server, SCHEMA);
    for (Map.Entry<String, String> body : BODIES.entrySet()) {
      server.execute(
          SCHEMA,
          "CREATE PROCEDURE %s(name VARCHAR(100)) BEGIN %s END"
              .formatted(body.getKey(), body.getValue()));
    }
    server.execute(
        SCHEMA,
        "DROP USER IF EXISTS caller",
        server.log().contains("MariaDB") || server.type().equals("mariadb")
            ? "CREATE USER caller IDENTIFIED BY 'secret'"
            : "CREATE USER caller IDENTIFIED WITH mysql_native_password BY 'secret'",
        "GRANT ALL ON " + SCHEMA + ".* TO caller");
  }

  private static List<String> queries() {
    return Stream.concat(
            BODIES.keySet().stream().map(name -> "CALL " + name + "('%s')"),
            Stream.of("UPDATE m SET v = v WHERE k = '%s'", "DO '%s'"))
        .toList();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void answerAsPostfixsOwn(String name, DatabaseServer server) throws Exception {
    create(server);
    DatabaseSettings settings = settings(server);
    Map<String, String> differences = new TreeMap<>();
    try (Database database = Database.open(settings, events);
        Postmap postmap = Postmap.with(Map.of())) {
      for (String query : queries()) {
        LookupTable table = table(database, query);
        Map<String, String> theirs = theirs(postmap, server, query, Set.of("a", "b", "absent"));
        // More than once: the first lookup finds out that the answer must come as text.
        for (String key : List.of("a", "a", "b", "absent", "a")) {
          String ours = shown(table.lookup(key));
          if (!ours.equals(theirs.get(key))) {
            differences.put(query + " " + key, "Postfix " + theirs.get(key) + ", we " + ours);
          }
        }
        assertThat(Rows.table(database, events).lookup("b"))
            .as("after %s", query)
            .isEqualTo(new Found("2"));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(events.of("down")).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("servers")
  void failThatGiveNoResultOrTwoOrAnErrorAfterTheFirst(String name, DatabaseServer server)
      throws Exception {
    create(server);
    try (Database database = Database.open(settings(server), events)) {
      for (String body : List.of("none", "two", "two_numbers", "error_after", "error_first")) {
        LookupTable table = table(database, "CALL " + body + "('%s')");
        for (int i = 0; i < 3; i++) {
          assertThat(table.lookup("a")).as(body).isEqualTo(new TemporaryFailure("lookup failed"));
        }
      }
    }
    assertThat(events.of("down")).isEmpty();
  }

  private static DatabaseSettings settings(DatabaseServer server) {
    // One connection, so that what a statement leaves on it shows in the next.
    return ServerDatabase.settings(server, SCHEMA).account("caller", "secret").poolSize(1).build();
  }

  private LookupTable table(Database database, String query) throws Exception {
    return SqlTable.builder("map", database)
        .query(QueryTemplate.parse(query, SqlQuoting.MYSQL))
        .events(events)
        .build();
  }

  private Map<String, String> theirs(
      Postmap postmap, DatabaseServer server, String query, Set<String> keys) throws IOException {
    Path file = folder.resolve("table.cf");
    Files.writeString(
        file,
        """
        hosts = inet:%s:%d
        user = caller
        password = secret
        dbname = %s
        query = %s
        """
            .formatted(server.host(), server.port(), SCHEMA, query));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Map<String, String> answers = new TreeMap<>();
    postmap.queryEach("mysql:" + file, keys).forEach((key, what) -> answers.put(key, shown(what)));
    return answers;
  }

  private static String shown(Command.Outcome outcome) {
    if (outcome.status() == 0) {
      return outcome.stdout().stripTrailing();
    }
    return outcome.stderr().isEmpty() ? ABSENT : FAILED;
  }

  private static String shown(LookupResult result) {
    return switch (result) {
      case Found(String value) -> value;
      case NotFound() -> ABSENT;
      case TemporaryFailure failure -> FAILED;
      case TimedOut failure -> FAILED;
    };
  }
}
