package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.Command;
import org.sockmapd.testing.Prerequisite;

/** Real postmap on one side. */
class CompareCommandTest {
  private final CommandRun run = new CommandRun();
  @TempDir private Path folder;
  private Path configuration = Path.of("");
  private Path keys = Path.of("");

  @BeforeEach
  void writeAMap() throws IOException {
    Prerequisite.require(
        Command.of("sh", "-c", "command -v postmap").run().status() == 0,
        "this test needs Postfix (Debian's postfix)");
    configuration =
        Files.writeString(
            folder.resolve("sockmapd.json"),
            """
            {"postmaps": [
              {"service": "alias", "type": "inline", "search": "address",
               "recipient_delimiter": "+",
               "entries": {"joe@a.test": "bob@b.test", "@a.test": "all@b.test", "ann@a.test": "x"}},
              {"service": "down", "type": "fail"}]}
            """);
    keys =
        Files.writeString(
            folder.resolve("keys"), "joe@a.test\nJoe+X@A.test\nann@a.test\nzoe@a.test\nq@q.test\n");
  }

  @Test
  void findsNoDifferenceWhereThereIsNone() {
    int status = compare("alias", "inline:{joe@a.test=bob@b.test,@a.test=all@b.test,ann@a.test=x}");

    assertThat(status).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo("5 keys compared: 0 answered differently, 0 could not be asked\n");
  }

  @Test
  void tellsEachDifferenceWithTheKeysThatWereTried() {
    assertThat(compare("alias", "inline:{joe@a.test=ben@b.test,@a.test=all@b.test}")).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            joe@a.test
              Postfix:  OK ben@b.test
                        tried joe@a.test  @a.test
              sockmapd: OK bob@b.test
                        tried joe@a.test  @a.test
            Joe+X@A.test
              Postfix:  OK ben+X@b.test
                        tried Joe+X@A.test  Joe@A.test  @A.test
              sockmapd: OK bob+X@b.test
                        tried Joe+X@A.test  Joe@A.test  @A.test
            ann@a.test
              Postfix:  OK all@b.test
                        tried ann@a.test  @a.test
              sockmapd: OK x
                        tried ann@a.test  @a.test
            5 keys compared: 3 answered differently, 0 could not be asked
            """);
  }

  @Test
  void takesKeysFromAMailLog() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("mail.log"),
            """
            postfix/smtpd[1]: connect from mail.c.test[192.0.2.1]
            postfix/qmgr[2]: 4X: from=<joe@a.test>, size=3, nrcpt=1 (queue active)
            postfix/smtp[3]: 4X: to=<ann@a.test>, orig_to=<zoe@a.test>, relay=none, status=sent
            """);

    int status =
        run.status(
            "compare",
            "-c",
            configuration.toString(),
            "--mail-log",
            log.toString(),
            "alias",
            "static:all@b.test");

    assertThat(status).isEqualTo(1);
    assertThat(run.out())
        .contains("3 keys compared: 2 answered differently")
        .contains("joe@a.test\n")
        .contains("ann@a.test\n");
  }

  @Test
  void takesAFailureForNoAnswer() {
    assertThat(compare("down", "static:x")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(compare("alias", "sqlite:/nowhere.cf")).isEqualTo(ExitStatus.TEMPORARY);
    assertThat(compare("none", "static:x")).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.err()).contains("has no map none");
  }

  private int compare(String map, String table) {
    return run.status(
        "compare", "-c", configuration.toString(), "--keys", keys.toString(), map, table);
  }
}
