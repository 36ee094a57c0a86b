package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of its commands. */
class CommandTreeTest {
  private final CommandRun run = new CommandRun();
  @TempDir private Path folder;

  @Test
  void listsEveryCommandThatIsForUsers() {
    assertThat(run.status("--help")).isEqualTo(ExitStatus.OK);

    assertThat(run.out())
        .containsSubsequence(
            "  serve ",
            "  query ",
            "  check-config ",
            "  cache ",
            "  import-postfix ",
            "  bench ",
            "  prepare ",
            "  help ")
        .doesNotContain("rehearse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "query", "cache", "prepare"})
  void explainsACommandInBothWays(String command) {
    assertThat(run.status("help", command)).isEqualTo(ExitStatus.OK);
    CommandRun other = new CommandRun();
    assertThat(other.status(command, "--help")).isEqualTo(ExitStatus.OK);

    assertThat(run.out()).startsWith("Usage: sockmapd " + command).isEqualTo(other.out());
  }

  @Test
  void explainsNothingForACommandThatThereIsNot() {
    assertThat(run.status("help", "serf")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("serf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check-config"})
  void reportsWhatIsNoExceptionToo(String command) throws IOException {
    Path file = new ConfigurationFile(folder).write("", ConfigurationFile.inline("a", "b"));
    AtomicInteger status = new AtomicInteger();

    new Plugins(folder)
        .with("org.example.Gone", () -> status.set(run.status(command, "-c", file.toString())));

    assertThat(status).hasValue(ExitStatus.INTERNAL);
    assertThat(run.err())
        .contains("sockmapd: internal error, please report it: java.util.ServiceConfigurationError")
        .contains("org.example.Gone");
  }

  @Test
  void leavesTheRecordingOfAStartToTheLauncher() {
    assertThat(run.status("prepare")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("only the launcher, bin/sockmapd, can record a start");
  }
}
