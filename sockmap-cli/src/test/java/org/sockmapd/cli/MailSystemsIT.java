package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;
import org.sockmapd.testing.PostfixInstance;
import org.sockmapd.testing.Postmap;
import org.sockmapd.testing.Sendmail;
import org.sockmapd.testing.SmtpSession;

/**
 * The Go daemon's own example configuration, with only the database's port changed, asked by real
 * mail systems.
 */
@Timeout(180)
class MailSystemsIT {
  /** EX_NOTFOUND of Sendmail's sendmail.h, another name of EX_NOHOST. */
  private static final int SENDMAIL_NOT_FOUND = 68;

  @TempDir private Path folder;
  private DatabaseServer database;
  private Daemon daemon;

  @BeforeEach
  void serve() throws Exception {
    database = MariaDbServer.start();
    fill();
    Path configuration = Files.writeString(folder.resolve("sockmapd.json"), example());
    daemon = Daemon.start(configuration, "-p", "0");
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
    database.close();
  }

  @Test
  void answersPostmapAndFailsForTheTimeThatTheDatabaseIsDown() throws IOException {
    try (Postmap postmap = Postmap.with(Map.of())) {
      assertThat(postmap.query(map("recipient"), "alice@example.com"))
          .isEqualTo(new Command.Outcome(0, "17\n", ""));
      assertThat(postmap.query(map("blacklist"), "192.0.2.9").stdout())
          .isEqualTo("REJECT listed for spam\n");
      assertThat(postmap.query(map("recipient"), "nobody@example.com"))
          .isEqualTo(new Command.Outcome(1, "", ""));

      database.stop();
      Command.Outcome failed = postmap.query(map("recipient"), "alice@example.com");
      assertThat(failed.status()).isEqualTo(1);
      assertThat(failed.stderr()).contains("temporary");
    }
  }

  @Test
  void letsPostfixAcceptRefuseAndDeferRecipients() throws IOException {
    Map<String, String> parameters =
        Map.of("relay_domains", "example.com", "relay_recipient_maps", map("recipient"));
    try (PostfixInstance postfix = PostfixInstance.start(parameters);
        SmtpSession session = postfix.smtp()) {
      session.send("EHLO client.test");
      assertThat(session.recipient("a@sender.test", "alice@example.com").code()).isEqualTo(250);
      assertThat(session.recipient("a@sender.test", "nobody@example.com").code()).isEqualTo(550);

      database.stop();
      assertThat(session.recipient("a@sender.test", "alice@example.com").code()).isEqualTo(451);
      assertThat(session.recipient("a@sender.test", "nobody@example.com").code()).isEqualTo(451);

      database.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> session.recipient("a@sender.test", "alice@example.com").code() == 250);
    }
  }

  @Test
  void letsPostfixRejectAClientWithTheReasonFromTheTable() throws IOException {
    Map<String, String> parameters =
        Map.of(
            "relay_domains", "example.com",
            "smtpd_client_restrictions", "check_client_access " + map("clients"),
            "smtpd_authorized_xclient_hosts", "127.0.0.1");
    try (PostfixInstance postfix = PostfixInstance.start(parameters);
        SmtpSession session = postfix.smtp()) {
      session.send("EHLO client.test");
      assertThat(session.recipient("a@sender.test", "alice@example.com").code()).isEqualTo(250);
      session.send("RSET");
      assertThat(session.send("XCLIENT NAME=[UNAVAILABLE] ADDR=192.0.2.9").code()).isEqualTo(220);
      session.send("EHLO client.test");
      SmtpSession.Reply reply = session.recipient("a@sender.test", "alice@example.com");
      assertThat(reply.code()).isEqualTo(554);
      assertThat(reply.text()).contains("listed for spam");
    }
  }

  @Test
  void answersSendmail() throws IOException {
    String map = "socket -d20 inet:%d@127.0.0.1".formatted(daemon.port());
    assertThat(Sendmail.map("recipient", map, "alice@example.com"))
        .isEqualTo(new Sendmail.Answer(Optional.of("17"), 0));
    assertThat(Sendmail.map("recipient", map, "nobody@example.com"))
        .isEqualTo(new Sendmail.Answer(Optional.empty(), SENDMAIL_NOT_FOUND));

    database.stop();
    assertThat(Sendmail.map("recipient", map, "alice@example.com"))
        .isEqualTo(new Sendmail.Answer(Optional.empty(), 75));
  }

  private String map(String name) throws IOException {
    return "socketmap:inet:127.0.0.1:" + daemon.port() + ":" + name;
  }

  private String example() {
    return """
      {
        "sysconfig": {"port": "2224", "logfile": "%s"},
        "database": {"host": ["127.0.0.1"], "port": "%d", "username": "%s", "password": "%s"},
        "postmaps": [
          {"service": "blacklist", "database": "postfix", "table": "blackwhite",
           "key": "name", "value": "status", "reason": "reason"},
          {"service": "clients", "database": "postfix", "table": "blackwhite",
           "key": "name", "value": "status", "reason": "reason"},
          {"service": "recipient", "database": "dbmail", "table": "dbmail_aliases",
           "key": "alias", "value": "deliver_to"}
        ]
      }
      """
        .formatted(
            folder.resolve("sockmapd.log"),
            database.port(),
            database.username(),
            database.password());
  }

  private void fill() throws SQLException {
    database.createDatabase("postfix");
    database.execute(
        "postfix",
        "create table blackwhite (name varchar(255) primary key, status varchar(50), reason varchar(255))",
        "insert into blackwhite values ('192.0.2.9', 'REJECT', 'listed for spam'), ('192.0.2.10', 'OK', null)");
    database.createDatabase("dbmail");
    database.execute(
        "dbmail",
        "create table dbmail_aliases (alias_idnr bigint auto_increment primary key, alias varchar(255) not null,"
            + " deliver_to varchar(250) not null, client_idnr bigint not null default 0, index (alias))",
        "insert into dbmail_aliases (alias, deliver_to) values ('alice@example.com', '17')");
  }
}
