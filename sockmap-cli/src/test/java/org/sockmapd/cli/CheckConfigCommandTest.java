package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {
  private final CommandRun run = new CommandRun();
  @TempDir private Path directory;

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
            map virtual: aliases in sqlite DIR/mail.db, searched by address
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
            FILE:1: sysconfig.port: expected a whole number from 1 to 65535, got 0
            FILE:2: sysconfig.x: unknown setting
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

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("sockmapd.json"), json);
  }
}
