package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PgBouncer;
import org.sockmapd.testing.PgBouncer.PoolMode;
import org.sockmapd.testing.PostgresServer;
import org.sockmapd.testing.Postmap;
import org.sockmapd.testing.TlsFiles;

/**
 * A server that its administrator has set up in its own way, asked by Postfix's {@code pgsql:}
 * table and by ours: the session is as the server made it.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSettingsTest {
  private static final String PLAIN = "plain";
  private static final String SET = "set_database";
  private static final String ROLE = "set_role";
  private static final String SUPERUSER = "postgres";

  private static final String ACCESS =
      """
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      """;

  /**
   * What differs without an answer being another one: Postfix 3.7 asks in Latin-1, and a UNIX
   * socket is not kept alive.
   */
  private static final String HARMLESS =
      "'application_name', 'client_encoding', 'statement_timeout',"
          + " 'tcp_keepalives_count', 'tcp_keepalives_idle', 'tcp_keepalives_interval'";

  /** One query, since Postfix takes its time for each. */
  private static final List<String> COLUMNS =
      List.of(
          "timestamptz '2026-01-15 12:00:00+00'",
          "timestamp '2026-07-15 12:34:56.789'",
          "date '2026-02-03'",
          "date '03-04-05'",
          "time '12:34:56'",
          "interval '1 year 2 days 3 hours'",
          "to_char(timestamptz '2026-01-15 12:00:00+00', 'HH24:MI TZ')",
          "0.1::real",
          "1e15::float8",
          "0.1::float8 * 3",
          "'\\x00ff41'::bytea",
          "ARRAY['a', NULL, 'b c', 'd\"']",
          "'{1,2}'::int[]",
          "(SELECT ARRAY[mood] FROM feelings WHERE mood = '%s')",
          "(SELECT string_agg(v, ' ' ORDER BY v) FROM until WHERE k = '%s' AND ends > now())",
          "to_regclass('hidden')",
          "current_schema()",
          "(SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
              + " WHERE name NOT IN ("
              + HARMLESS
              + "))");

  @TempDir private static Path folder;
  private final TimeZone zone = TimeZone.getDefault();
  private final Postmap postmap = Postmap.with(Map.of());
  private TlsFiles tls;
  private DatabaseServer server;

  @BeforeAll
  void start() throws Exception {
    tls = TlsFiles.forLoopback(folder);
    server =
        PostgresServer.startWithTls(
            tls,
            "--unix_socket_directories=" + folder,
            "--hba_file=" + Files.writeString(folder.resolve("access"), ACCESS));
    server.execute(
        SUPERUSER,
        "ALTER SYSTEM SET timezone = 'Pacific/Honolulu'",
        "ALTER SYSTEM SET datestyle = 'German'",
        "SELECT pg_reload_conf()",
        "CREATE ROLE " + ROLE + " LOGIN SUPERUSER PASSWORD 'secret'",
        "ALTER ROLE " + ROLE + " SET timezone = 'America/St_Johns'",
        "ALTER ROLE " + ROLE + " SET datestyle = 'Postgres, YMD'",
        "ALTER ROLE " + ROLE + " SET search_path = private, public",
        "ALTER ROLE " + ROLE + " SET bytea_output = 'escape'");
    fill(PLAIN);
    fill(SET);
    server.execute(
        SET,
        "ALTER DATABASE " + SET + " SET timezone = 'Asia/Kolkata'",
        "ALTER DATABASE " + SET + " SET datestyle = 'SQL, DMY'",
        "ALTER DATABASE " + SET + " SET intervalstyle = 'iso_8601'",
        "ALTER DATABASE " + SET + " SET extra_float_digits = -3",
        "ALTER DATABASE " + SET + " SET search_path = public, private");
  }

  private void fill(String database) throws SQLException {
    server.createDatabase(database);
    server.execute(
        database,
        "CREATE TABLE until (k text, v text, ends timestamp)",
        // What is still to come there, and is past in the zone of Greenwich or east of it.
        "INSERT INTO until SELECT 'k', z, (now() AT TIME ZONE z) + interval '20 minutes'"
            + " FROM unnest(ARRAY['Pacific/Honolulu', 'Asia/Kolkata', 'America/St_Johns', 'UTC',"
            + " 'Pacific/Kiritimati']) AS z",
        "CREATE TYPE mood AS ENUM ('k', 'sad')",
        "CREATE TABLE feelings (mood mood)",
        "INSERT INTO feelings VALUES ('k')",
        "CREATE SCHEMA private",
        "CREATE TABLE private.hidden (k text, v text)");
  }

  @AfterAll
  void close() {
    server.close();
    postmap.close();
  }

  @BeforeEach
  void liveElsewhere() {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
  }

  @AfterEach
  void comeHome() {
    TimeZone.setDefault(zone);
  }

  private DatabaseSettings.Builder settings(String database, String role) {
    return ServerDatabase.settings(server, database).account(role, "secret");
  }

  private static LookupTable table(Database database, String sql) throws Exception {
    QueryTemplate query = QueryTemplate.parse(sql, SqlQuoting.POSTGRESQL);
    return SqlTable.builder("settings", database).query(query).build();
  }

  /** What Postfix makes of a key. */
  private String postfix(String database, String role, String sql, String key) throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("table.cf"),
            """
            hosts = inet:%s:%d
            user = %s
            password = secret
            dbname = %s
            query = %s
            """
                .formatted(server.host(), server.port(), role, database, sql));
    Command.Outcome outcome = postmap.query("pgsql:" + table, key);
    return outcome.status() == 0 ? outcome.stdout().stripTrailing() : outcome.stderr();
  }

  private static String ours(LookupTable table, String key) {
    return switch (table.lookup(key)) {
      case Found(String value) -> value;
      case NotFound() -> "";
      case Object failure -> "failed: " + failure;
    };
  }

  static Stream<Arguments> places() {
    return Stream.of(PLAIN, SET)
        .flatMap(
            database ->
                Stream.of(SUPERUSER, ROLE)
                    .flatMap(
                        role ->
                            Stream.of(TlsMode.DISABLE, TlsMode.PREFER, TlsMode.VERIFY_FULL)
                                .map(mode -> Arguments.of(database, role, mode))));
  }

  @ParameterizedTest
  @MethodSource("places")
  void aSessionAnswersAsPostfixsDoes(String database, String role, TlsMode mode) throws Exception {
    TlsSettings protection =
        mode == TlsMode.VERIFY_FULL
            ? TlsServers.verifying(mode, tls.authority())
            : TlsSettings.of(mode);
    try (Database asked =
        Database.open(settings(database, role).tls(protection).build(), LookupEvents.NONE)) {
      compare(asked, database, role);
    }
  }

  @Test
  void aSessionByUnixSocketAnswersAsPostfixsDoes() throws Exception {
    DatabaseSettings settings =
        ServerDatabase.account(server, SET)
            .account(ROLE, "secret")
            .host("unix:" + folder.resolve(".s.PGSQL." + server.port()))
            .build();
    try (Database asked = Database.open(settings, LookupEvents.NONE)) {
      compare(asked, SET, ROLE);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aSessionBehindAPoolerAnswersAsPostfixsDoes(PoolMode mode) throws Exception {
    try (PgBouncer pooler = PgBouncer.start(server, mode);
        Database asked =
            Database.open(
                ServerDatabase.account(server, SET)
                    .account(ROLE, "secret")
                    .host(pooler.host() + ":" + pooler.port())
                    .build(),
                LookupEvents.NONE)) {
      compare(asked, SET, ROLE);
    }
  }

  static Stream<PoolMode> modes() {
    return Stream.of(PoolMode.values());
  }

  private void compare(Database asked, String database, String role) throws Exception {
    String sql = "SELECT " + String.join(", ", COLUMNS);
    String expected = postfix(database, role, sql, "k");
    assertThat(expected).doesNotContain("postmap:").hasSizeGreaterThan(1000);
    assertThat(ours(table(asked, sql), "k").replace(",", "\n"))
        .isEqualTo(expected.replace(",", "\n"));
  }

  @Test
  void aZoneThatTheServerDoesNotKnowEndsNoLogin() throws Exception {
    TimeZone.setDefault(new SimpleTimeZone(3_600_000, "Nowhere/Unknown"));
    for (TlsMode mode : List.of(TlsMode.DISABLE, TlsMode.REQUIRE)) {
      try (Database asked =
          Database.open(
              settings(PLAIN, SUPERUSER).tls(TlsSettings.of(mode)).build(), LookupEvents.NONE)) {
        assertThat(ours(table(asked, "SELECT current_setting('TimeZone') WHERE '%s' <> ''"), "k"))
            .isEqualTo("Pacific/Honolulu");
      }
    }
  }

  @Test
  void aStyleOfDatesThatChangesLaterCostsNoAnswer() throws Exception {
    String sql = "SELECT date '2026-02-03' WHERE '%s' <> ''";
    RecordedEvents events = new RecordedEvents();
    try (Database asked = Database.open(settings(PLAIN, SUPERUSER).poolSize(1).build(), events)) {
      LookupTable table = table(asked, sql);
      assertThat(ours(table, "k")).isEqualTo("03.02.2026");
      server.execute(
          SUPERUSER, "ALTER SYSTEM SET datestyle = 'SQL, DMY'", "SELECT pg_reload_conf()");
      List<String> answers = new CopyOnWriteArrayList<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> answers.add(ours(table, "k")) && answers.contains("03/02/2026"));
      assertThat(answers).isSubsetOf("03.02.2026", "03/02/2026");
    } finally {
      server.execute(SUPERUSER, "ALTER SYSTEM SET datestyle = 'German'", "SELECT pg_reload_conf()");
    }
    assertThat(events.of("down")).isEmpty();
    assertThat(events.of("failing")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void aDatabaseOfAnotherCharacterSetAnswersInUtf8(String encoding, String key, String value)
      throws Exception {
    String database = "set_" + encoding.toLowerCase(Locale.ROOT);
    server.execute(
        SUPERUSER,
        "DROP DATABASE IF EXISTS " + database,
        "CREATE DATABASE "
            + database
            + " ENCODING '"
            + encoding
            + "' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'");
    server.execute(
        database,
        "CREATE TABLE t (k text, v text)",
        "INSERT INTO t VALUES ('" + key + "', '" + value + "'), ('ascii', 'plain')");
    try (Database asked = Database.open(settings(database, SUPERUSER).build(), LookupEvents.NONE)) {
      TableColumns columns = new TableColumns("t", "k", Optional.of("v"), Optional.empty());
      LookupTable table = SqlTable.builder("t", asked).columns(columns).build();
      assertThat(table.lookup(key)).isEqualTo(new Found(value));
      // A character that the database's set lacks is in no row of it.
      assertThat(table.lookup("\u4e2d")).isNotInstanceOf(Found.class);
      assertThat(table.lookup("ascii")).isEqualTo(new Found("plain"));
    }
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("LATIN1", "f\u00fcr", "Gr\u00fc\u00dfe"),
        Arguments.of("WIN1252", "\u20ac 5", "\u201cGr\u00fc\u00dfe\u201d"),
        Arguments.of("SQL_ASCII", "f\u00fcr", "Gr\u00fc\u00dfe \u4e2d"));
  }

  @Test
  void aValueThatIsNotUtf8FailsAlone() throws Exception {
    server.execute(
        SUPERUSER,
        "DROP DATABASE IF EXISTS set_raw",
        "CREATE DATABASE set_raw ENCODING 'SQL_ASCII' TEMPLATE template0"
            + " LOCALE_PROVIDER libc LOCALE 'C'");
    server.execute(
        "set_raw",
        "CREATE TABLE t (k text, v text)",
        "INSERT INTO t VALUES ('good', 'plain'), ('bad', convert_from('\\x66fc72', 'SQL_ASCII'))");
    RecordedEvents events = new RecordedEvents();
    try (Database asked = Database.open(settings("set_raw", SUPERUSER).build(), events)) {
      TableColumns columns = new TableColumns("t", "k", Optional.of("v"), Optional.empty());
      LookupTable table = SqlTable.builder("t", asked).columns(columns).events(events).build();
      assertThat(table.lookup("bad")).isInstanceOf(TemporaryFailure.class);
      assertThat(table.lookup("good")).isEqualTo(new Found("plain"));
    }
    assertThat(events.of("down")).isEmpty();
  }
}
