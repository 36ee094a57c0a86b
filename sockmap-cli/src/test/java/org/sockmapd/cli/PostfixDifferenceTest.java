package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.server.SocketmapServer;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FreePort;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.MySqlServer;
import org.sockmapd.testing.PostgresServer;
import org.sockmapd.testing.Postmap;

/**
 * The same table file asked twice by Debian's Postfix: as its own SQL table, and imported, as a
 * socketmap. Whatever {@code postmap} prints must be the same to the byte.
 */
@Timeout(300)
class PostfixDifferenceTest {
  private static final long SEED = 20261122L;
  private static final int KEYS_OF_ONE_TABLE = 300;

  @TempDir private Path folder;

  @Test
  void findsNoneOnPostgresql() throws Exception {
    DatabaseServer server = PostgresServer.shared();
    // Before 3.8 Postfix calls all that it sends to PostgreSQL LATIN1. A database without encoding
    // takes it as it is, from both sides.
    server.execute(
        "postgres",
        "DROP DATABASE IF EXISTS difference",
        "CREATE DATABASE difference ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
            + " TEMPLATE template0");
    try (Connection connection = server.connection("difference")) {
      fill(
          connection,
          "i INTEGER, n NUMERIC(8, 3), b BOOLEAN, d DATE, z TIMESTAMP, y BYTEA, r REAL, f FLOAT8,"
              + " a INET, c CHAR(4)",
          "-7, 1.50, TRUE, '2026-11-22', '2026-11-22 10:11:12', '\\x00ff41', 0.1, 0.1,"
              + " '10.0.0.1', 'ab'");
    }
    compare("pgsql", account(server), PostfixTemplates.ofPostgresql());
  }

  @Test
  void findsNoneOnMariaDb() throws Exception {
    DatabaseServer server = MariaDbServer.shared();
    server.createDatabase("difference");
    try (Connection connection = server.connection("difference")) {
      fill(
          connection,
          "i INTEGER, n NUMERIC(8, 3), b BOOLEAN, d DATE, z DATETIME, y BLOB, r FLOAT, f DOUBLE,"
              + " a BIT(8), c INT(6) ZEROFILL",
          "-7, 1.50, TRUE, '2026-11-22', '2026-11-22 10:11:12', 'bytes', 0.1, 0.1, b'01000001', 42");
    }
    compare("mysql", account(server) + inUtf8(), PostfixTemplates.ofMySql());
  }

  @Test
  void findsNoneOnMySql() throws Exception {
    DatabaseServer server = MySqlServer.shared();
    server.createDatabase("difference");
    // Debian's client library is that of MariaDB, and does without TLS.
    server.execute(
        "difference",
        "CREATE USER IF NOT EXISTS native@'%' IDENTIFIED WITH mysql_native_password BY 'secret'",
        "GRANT SELECT ON difference.* TO native@'%'");
    try (Connection connection = server.connection("difference")) {
      fill(
          connection,
          "i INTEGER, n NUMERIC(8, 3), b BOOLEAN, d DATE, z DATETIME, y BLOB, r FLOAT, f DOUBLE,"
              + " a BIT(8), c INT(6) ZEROFILL",
          "-7, 1.50, TRUE, '2026-11-22', '2026-11-22 10:11:12', 'bytes', 0.1, 0.1, b'01000001', 42");
    }
    String account = account(server).replaceFirst("user = .*", "user = native");
    compare("mysql", account + inUtf8(), PostfixTemplates.ofMySql());
  }

  @Test
  void findsNoneOnSqlite() throws Exception {
    Path file = folder.resolve("mail.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      fill(
          connection,
          "i INTEGER, n NUMERIC, b BOOLEAN, d DATE, z TIMESTAMP, y BLOB, r REAL, f REAL, a TEXT,"
              + " c CHAR(4)",
          "-7, 1.50, 1, '2026-11-22', '2026-11-22 10:11:12', 'bytes', 0.1, 1e21, '10.0.0.1', 'ab'");
    }
    compare("sqlite", "dbpath = " + file + "\n", PostfixTemplates.ofSqlite());
  }

  private String inUtf8() throws IOException {
    Path options =
        Files.writeString(
            folder.resolve("client.cnf"), "[client]\ndefault-character-set = utf8mb4\n");
    return "option_file = " + options + "\noption_group = client\n";
  }

  private static String account(DatabaseServer server) {
    return """
    hosts = inet:%s:%d
    user = %s
    password = %s
    dbname = difference
    """
        .formatted(server.host(), server.port(), server.username(), server.password());
  }

  /** A third of the keys has rows, some of them several; a few hold NULL. */
  private static void fill(Connection connection, String types, String values) throws SQLException {
    String text = connection.getMetaData().getURL().contains("mysql") ? "VARCHAR(255)" : "TEXT";
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (k " + text + ", v " + text + ", w " + text + ")");
      statement.execute("CREATE TABLE typed (k " + text + ", " + types + ")");
      statement.execute("INSERT INTO typed VALUES ('typed@example.com', " + values + ")");
    }
    connection.setAutoCommit(false);
    Random random = new Random(SEED);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      for (String key : PostfixKeys.all()) {
        for (int rows = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0; rows > 0; rows--) {
          insert.setString(1, key.toLowerCase(Locale.ROOT));
          insert.setString(2, random.nextInt(30) == 0 ? null : PostfixKeys.value(random));
          insert.setString(3, PostfixKeys.value(random));
          insert.executeUpdate();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void compare(String type, String account, List<String> templates) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String template : templates) {
      Path file = folder.resolve("m" + files.size() + ".cf");
      Files.writeString(file, account + template);
      // Postfix waits two seconds before it believes a file that was only just written.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
      files.add(file);
    }
    int port = FreePort.choose();
    Configuration configuration = imported(type, files, port);
    try (LookupTables tables = configuration.open(LookupEvents.NONE);
        SocketmapServer server =
            SocketmapServer.builder()
                .tables(tables)
                .listen(configuration.sysconfig().listen().getFirst())
                .build();
        Postmap postmap = Postmap.with(Map.of("smtputf8_enable", "yes"))) {
      server.start();
      Map<String, String> differences = new LinkedHashMap<>();
      int found = 0;
      for (int i = 0; i < files.size(); i++) {
        List<String> keys = keys(templates.get(i), i);
        Command.Outcome direct = postmap.query(type + ":" + files.get(i), keys);
        Command.Outcome ours =
            postmap.query("socketmap:inet:127.0.0.1:%d:m%d".formatted(port, i), keys);
        found += (int) direct.stdout().lines().count();
        if (!direct.stdout().equals(ours.stdout()) || direct.status() != ours.status()) {
          differences.put(templates.get(i), difference(direct, ours));
        }
      }
      assertThat(differences).isEmpty();
      assertThat(found)
          .as("keys that were found, lest both sides find nothing")
          .isGreaterThan(3000);
    }
  }

  /**
   * Postfix pastes the key: outside quotes only a number makes SQL, and in literals that have
   * escapes a backslash makes other text or none. Here a key is bound, and is itself.
   */
  private static List<String> keys(String template, int table) {
    if (template.contains("= %s")) {
      return PostfixKeys.numbers();
    }
    boolean escapes = template.contains("E'") || template.contains("U&'");
    return PostfixKeys.some(table, KEYS_OF_ONE_TABLE).stream()
        .filter(key -> !(escapes && key.contains("\\")))
        .toList();
  }

  /** The first line that only one side printed, and what each said on standard error. */
  private static String difference(Command.Outcome direct, Command.Outcome ours) {
    List<String> left = direct.stdout().lines().toList();
    List<String> right = ours.stdout().lines().toList();
    int at =
        IntStream.range(0, Math.min(left.size(), right.size()))
            .filter(i -> !left.get(i).equals(right.get(i)))
            .findFirst()
            .orElse(Math.min(left.size(), right.size()));
    return "\n  Postfix "
        + from(left, at)
        + direct.stderr()
        + "\n  ours    "
        + from(right, at)
        + ours.stderr();
  }

  private static String from(List<String> lines, int at) {
    return lines.size() + " lines: " + lines.subList(at, Math.min(at + 2, lines.size()));
  }

  private Configuration imported(String type, List<Path> files, int port) throws Exception {
    Path output = folder.resolve("sockmapd.json");
    List<String> arguments =
        new ArrayList<>(List.of("import-postfix", "-o", output.toString(), "--listen"));
    arguments.add("inet:127.0.0.1:" + port);
    files.forEach(file -> arguments.add(type + ":" + file));
    CommandRun run = new CommandRun();
    assertThat(run.status(arguments.toArray(String[]::new))).as(run.err()).isZero();
    return Configuration.read(output, Map.of());
  }
}
