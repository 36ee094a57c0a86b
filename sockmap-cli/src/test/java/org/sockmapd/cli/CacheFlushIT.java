package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.protocol.SocketmapReply.Ok;

/** What an administrator does who has changed the database and cannot wait. */
@Timeout(60)
class CacheFlushIT {
  @TempDir private Path folder;
  private Path configuration = Path.of("");

  @BeforeEach
  void writeConfigurationAndDatabase() throws Exception {
    execute("CREATE TABLE alias (address TEXT, goto TEXT)");
    execute("INSERT INTO alias VALUES ('a@x', 'old'), ('b@x', 'old')");
    configuration =
        Files.writeString(
            folder.resolve("sockmapd.json"),
            """
            {"sysconfig": {"listen": ["inet:127.0.0.1:0"], "control": "%s"},
             "database": {"type": "sqlite", "database": "mail.db"},
             "postmaps": [
               {"service": "alias", "table": "alias", "key": "address", "value": "goto",
                "cache": {"found_ttl": "1h"}},
               {"service": "plain", "table": "alias", "key": "address", "value": "goto"}]}
            """
                .formatted(control()));
  }

  private Path control() {
    return folder.resolve("control");
  }

  private void execute(String sql) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("mail.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void forgetsOneKeyThenTheMapThenAll() throws Exception {
    try (Daemon daemon = Daemon.start(configuration)) {
      assertAnswers(daemon, "old", "old");
      execute("UPDATE alias SET goto = 'new'");
      assertAnswers(daemon, "old", "old");

      assertThat(flush("alias", "A@X")).isEqualTo("flushed\n");
      assertAnswers(daemon, "new", "old");
      assertThat(flush("alias")).isEqualTo("flushed\n");
      assertAnswers(daemon, "new", "new");
      execute("UPDATE alias SET goto = 'newest'");
      assertThat(flush()).isEqualTo("flushed the caches of 1 maps\n");
      assertAnswers(daemon, "newest", "newest");
      daemon.stop();
    }
    assertThat(control()).doesNotExist();
  }

  @Test
  void forgetsWithAReload() throws Exception {
    try (Daemon daemon = Daemon.start(configuration)) {
      assertAnswers(daemon, "old", "old");
      execute("UPDATE alias SET goto = 'new'");
      daemon.signal("HUP");
      await().until(() -> daemon.err().contains("reloaded"));
      assertAnswers(daemon, "new", "new");

      execute("UPDATE alias SET goto = 'newest'");
      assertThat(flush("alias")).isEqualTo("flushed\n");
      assertAnswers(daemon, "newest", "newest");
    }
  }

  @Test
  void isForTheOwnerAlone() throws Exception {
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.isAlive()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void saysWhatCannotBeFlushed() throws Exception {
    try (Daemon daemon = Daemon.start(configuration)) {
      assertThat(daemon.isAlive()).isTrue();
      assertThat(flush("plain")).isEqualTo("the map plain has no cache\n");
      CommandRun unknown = new CommandRun();
      assertThat(unknown.status("cache", "flush", "--control", control().toString(), "nothing"))
          .isEqualTo(ExitStatus.NOT_FOUND);
      assertThat(unknown.err()).isEqualTo("sockmapd: the daemon has no map nothing\n");
    }
    CommandRun nobody = new CommandRun();
    assertThat(nobody.status("cache", "flush", "-c", configuration.toString()))
        .isEqualTo(ExitStatus.TEMPORARY);
    assertThat(nobody.err()).startsWith("sockmapd: " + control() + ": ");
  }

  private String flush(String... what) {
    List<String> arguments =
        new ArrayList<>(List.of("cache", "flush", "-c", configuration.toString()));
    arguments.addAll(List.of(what));
    CommandRun run = new CommandRun();
    assertThat(run.status(arguments.toArray(String[]::new))).as(run.err()).isZero();
    return run.out();
  }

  private static void assertAnswers(Daemon daemon, String a, String b) throws Exception {
    assertThat(daemon.ask("alias", "a@x")).isEqualTo(new Ok(a));
    assertThat(daemon.ask("alias", "b@x")).isEqualTo(new Ok(b));
  }
}
