package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {
  private final CommandRun run = new CommandRun();
  @TempDir private Path directory;

  @Test
  void printsTheLinesOfMainCfAndHoldsMapsAgainstWhatTheyAreFor() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("for.json"),
            """
            {"sysconfig": {"listen": ["inet:0.0.0.0:2224"]},
             "postmaps": [
              {"service": "a", "type": "static", "value": "x", "search": "address",
               "for": ["virtual_alias_maps", "smtpd_sender_login_maps"]},
              {"service": "b", "type": "static", "value": "x",
               "for": ["check_sender_access", "mydestination", "alias_maps", "alias_map"]}]}
            """);

    assertThat(run.status("check-config", "-c", file.toString())).as(run.err()).isZero();

    assertThat(run.out())
        .contains(
            "warning: "
                + file
                + ":3: postmaps[0].for: smtpd_sender_login_maps: Postfix does not rewrite addresses"
                + " by it (expected \"rewriting\": false)")
        .contains(
            "postmaps[1].for: check_sender_access: Postfix searches a table of its own by access,"
                + " this map is searched by exact")
        .contains("postmaps[1].for: alias_maps: refused by local(8), which takes no socketmap")
        .contains("postmaps[1].for: alias_map: is no parameter of Postfix that takes a table")
        .contains(
            """
            In Postfix's main.cf:
              virtual_alias_maps = socketmap:inet:127.0.0.1:2224:a
              smtpd_sender_login_maps = socketmap:inet:127.0.0.1:2224:a
              # in a list of restrictions: check_sender_access socketmap:inet:127.0.0.1:2224:b
              mydestination = socketmap:inet:127.0.0.1:2224:b
            """);
  }

  @Test
  void summarisesAConfigurationThatIsRight() throws IOException {
    Path file =
        write(
            """
            {"sysconfig": {"listen": ["inet:127.0.0.1:2224", "unix:/run/sockmapd.sock"]},
             "database": {"type": "sqlite"},
             "postmaps": [
               {"service": "virtual", "database": "mail.db", "table": "aliases", "key": "address",
                "search": "address", "cache": {"found_ttl": "2m"}},
               {"service": "greeting", "type": "inline", "entries": {"a": "b"}}]}
            """);

    assertThat(run.status("check-config", "-c", file.toString())).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            listens on inet:127.0.0.1:2224, unix:/run/sockmapd.sock
            map virtual: aliases in sqlite DIR/mail.db, searched by address, rewriting
              cached: a changed or removed row is seen after at most 2m, a new one after at most 10s
            map greeting: inline
            DIR/sockmapd.json: no problem found
            """
                .replace("DIR", directory.toString()));
  }

  @Test
  void printsEveryProblemAndEndsWith78() throws IOException {
    Path file = write("{\"sysconfig\": {\"port\": 0,\n\"x\": 1}}");

    assertThat(run.status("check-config", "-c", file.toString()))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            FILE: postmaps: missing
            FILE:1:24: sysconfig.port: expected a whole number from 1 to 65535, got 0
            FILE:2:6: sysconfig.x: unknown setting
            """
                .replace("FILE", file.toString()));
  }

  @Test
  void saysWhatIsNotMeantSoMaybe() throws IOException {
    Path file =
        write(
            """
            {"postmaps": [{"service": "a", "type": "inline", "entries": {"a": "b"}}]}
            """);

    assertThat(run.status("check-config", "-c", file.toString())).isZero();
    assertThat(run.out()).startsWith("warning: " + file + ": sysconfig: listens on every address");
  }

  @Test
  void triesEveryTableAndSaysWhichKeyHasNoIndex() throws Exception {
    database("CREATE TABLE indexed (k TEXT PRIMARY KEY, v TEXT)", "CREATE TABLE bare (k TEXT)");
    Path file = write(sqlite("indexed", "bare"));

    assertThat(run.status("check-config", "-c", file.toString(), "--connect")).isZero();
    assertThat(run.out())
        .contains(
            "postmaps[1].key: on "
                + directory.resolve("mail.db")
                + ": no index begins with this column; a lookup reads all rows")
        .doesNotContain("postmaps[0].key");
  }

  @Test
  void endsWith78WhereATableIsMissing() throws Exception {
    database("CREATE TABLE indexed (k TEXT PRIMARY KEY, v TEXT)");
    Path file = write(sqlite("indexed", "gone"));

    assertThat(run.status("check-config", "-c", file.toString(), "--connect"))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("postmaps[1]: on ").contains("gone").doesNotContain("[0]");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void reportsADatabaseThatIsDownOnceForAllItsMaps() throws Exception {
    int port;
    try (ServerSocket closedAtOnce = new ServerSocket(0)) {
      port = closedAtOnce.getLocalPort();
    }
    Path file =
        write(
            """
            {"sysconfig": {"listen": ["inet:127.0.0.1:2224"]},
             "database": {"host": "127.0.0.1", "port": %d, "username": "u", "password": "geheim"},
             "postmaps": [
               {"service": "a", "database": "d", "table": "a", "key": "k"},
               {"service": "b", "database": "d", "table": "b", "key": "k"}]}
            """
                .formatted(port));

    assertThat(run.status("check-config", "-c", file.toString(), "--connect"))
        .isEqualTo(ExitStatus.TEMPORARY);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            file
                + ":2:14: database: on 127.0.0.1:"
                + port
                + ": cannot connect (Connection refused)");
  }

  private static String sqlite(String first, String second) {
    return """
    {"sysconfig": {"listen": ["inet:127.0.0.1:2224"]},
     "database": {"type": "sqlite", "database": "mail.db"},
     "postmaps": [{"service": "a", "table": "%s", "key": "k"},
       {"service": "b", "table": "%s", "key": "k"}]}
    """
        .formatted(first, second);
  }

  private void database(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("mail.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("sockmapd.json"), json);
  }
}
