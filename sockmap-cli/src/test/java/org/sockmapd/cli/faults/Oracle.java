package org.sockmapd.cli.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sockmapd.testing.DatabaseServer;

/**
 * Knows every row, since it has put them there. A value names its table and its key, so that the
 * answer to another question is seen to be wrong; some are so long that a reply that is cut short
 * is cut in the middle of one; a key of the second table has several rows, of which none may be
 * missing.
 */
final class Oracle {
  static final String SCHEMA = "faults";

  /** The maps of a connection end so. */
  static final String BY_COLUMNS = "-columns";

  static final String BY_QUERY = "-query";

  private static final int KEYS = 60;
  private static final int ROWS_OF_A_KEY = 3;
  private static final String LONG = "-0123456789".repeat(500);

  private Oracle() {}

  private static final String RAISING_IN_POSTGRESQL =
      """
      CREATE FUNCTION checked(key text, value text) RETURNS text LANGUAGE plpgsql STABLE AS $$
      BEGIN
        IF EXISTS (SELECT FROM raising WHERE k = key) THEN
          RAISE EXCEPTION 'raised for %', key USING ERRCODE = '45000';
        END IF;
        RETURN value;
      END $$
      """;
  private static final String RAISING_IN_MYSQL =
      """
      CREATE FUNCTION checked(asked VARCHAR(50), value VARCHAR(8000)) RETURNS VARCHAR(8000)
      READS SQL DATA
      BEGIN
        IF EXISTS (SELECT 1 FROM raising WHERE k = asked) THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'raised';
        END IF;
        RETURN value;
      END
      """;

  /** Makes the tables. A key in {@code raising} raises an error when its answer is read. */
  static void fill(DatabaseServer server) throws SQLException {
    server.createDatabase(SCHEMA);
    server.execute(SCHEMA, tables("kept_answers").toArray(String[]::new));
    server.execute(
        SCHEMA,
        "CREATE TABLE raising (k VARCHAR(50) PRIMARY KEY)",
        server.type().equals("postgresql") ? RAISING_IN_POSTGRESQL : RAISING_IN_MYSQL,
        "CREATE VIEW answers AS SELECT k, checked(k, v) AS v FROM kept_answers");
  }

  /** Makes a SQLite file in WAL mode. */
  static void fill(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      for (String sql : tables("answers")) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> tables(String answers) {
    return List.of(
        "CREATE TABLE " + answers + " (k VARCHAR(50) PRIMARY KEY, v VARCHAR(8000))",
        "CREATE TABLE members (k VARCHAR(50), n INT, v VARCHAR(8000), PRIMARY KEY (k, n))",
        "INSERT INTO %s VALUES %s"
            .formatted(answers, rows(i -> "('%s', '%s')".formatted(key(i), value(i)))),
        "INSERT INTO members VALUES " + rows(Oracle::members));
  }

  private static String rows(java.util.function.IntFunction<String> row) {
    return IntStream.range(0, KEYS).mapToObj(row).collect(Collectors.joining(", "));
  }

  private static String members(int i) {
    return IntStream.range(0, ROWS_OF_A_KEY)
        .mapToObj(n -> "('%s', %d, '%s')".formatted(key(i), n, member(i, n)))
        .collect(Collectors.joining(", "));
  }

  static String key(int i) {
    return "key%d@example.com".formatted(i);
  }

  private static String value(int i) {
    return "answer to " + key(i) + (i % 10 == 0 ? LONG : "");
  }

  private static String member(int i, int n) {
    return "member %d of %s".formatted(n, key(i)) + (i % 10 == 5 ? LONG : "");
  }

  /** Any question to the maps of a connection; every third is about a key that is not there. */
  static Question any(String connection, RandomGenerator random) {
    int i = random.nextInt(KEYS);
    boolean byQuery = random.nextBoolean();
    String map = connection + (byQuery ? BY_QUERY : BY_COLUMNS);
    return random.nextInt(3) == 0
        ? new Question(map, "absent%d@example.com".formatted(i), Optional.empty())
        : new Question(map, key(i), Optional.of(byQuery ? allMembers(i) : value(i)));
  }

  private static String allMembers(int i) {
    List<String> all = IntStream.range(0, ROWS_OF_A_KEY).mapToObj(n -> member(i, n)).toList();
    return String.join(",", all);
  }
}
