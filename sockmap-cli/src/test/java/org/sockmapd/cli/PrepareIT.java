package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that was recorded for the Java at hand. */
@Timeout(300)
class PrepareIT {
  /** Has one table, which needs an empty file as its database. */
  static final String CONFIGURATION =
      """
      {"database": {"type": "sqlite", "database": "empty.db"},
       "postmaps": [{"service": "who", "query": "SELECT 'me' WHERE '%s' = 'i'"}]}
      """;

  @TempDir private Path folder;
  @TempDir private Path temporary;
  private String furtherOptions = "";

  @Test
  void recordsAStartThatLaterOnesUse() throws Exception {
    Path launcher = installation();

    String said = run(0, launcher, "prepare");

    assertThat(said).startsWith("sockmapd: recorded a start for Java ");
    assertThat(records())
        .extracting(record -> record.getFileName().toString())
        .satisfiesExactlyInAnyOrder(
            record -> assertThat(record).matches("start-[0-9.]+\\.(aot|jsa)"),
            sqlite -> assertThat(sqlite).matches("start-sqlite-jdbc-[0-9.]+"),
            jna -> assertThat(jna).matches("start-jna-[0-9.]+"));
    assertThat(run(0, launcher, "--version")).startsWith("sockmapd ");
    assertThat(run(ExitStatus.CONFIGURATION, launcher, "check-config", "-c", "nothing.json"))
        .doesNotContain("[warning]");
  }

  /** Where the driver would unpack it there is no room. */
  @Test
  void unpacksTheNativeLibraryOfSqliteOnce() throws Exception {
    Path launcher = installation();
    furtherOptions = " -Dorg.sqlite.tmpdir=/proc/nowhere";

    run(0, launcher, "prepare");
    Files.delete(temporary);

    assertThat(ask(launcher)).endsWith("me\n");
  }

  /** Where it would be unpacked no folder can be made, which is as good as one with noexec. */
  @Test
  void unpacksTheNativeLibraryOfJnaOnce() throws Exception {
    assumeThat(System.getProperty("user.name")).as("becoming another needs root").isEqualTo("root");
    Path launcher = installation();
    run(0, launcher, "prepare");
    furtherOptions = " -Djna.tmpdir=/proc/nowhere";

    assertThat(serveAsNobodyKnown(launcher)).contains("there is no user no-such-user");

    breakRecords();
    furtherOptions = "";
    assertThat(serveAsNobodyKnown(launcher)).contains("there is no user no-such-user");
  }

  @Test
  void startsAllTheSameWithARecordThatIsBroken() throws Exception {
    Path launcher = installation();
    run(0, launcher, "prepare");
    breakRecords();

    assertThat(ask(launcher)).endsWith("me\n");
  }

  @Test
  void explainsItselfWithoutRecording() throws Exception {
    Path launcher = installation();

    assertThat(run(0, launcher, "prepare", "--help")).contains("Records a start");
    assertThat(records()).isEmpty();
  }

  private void breakRecords() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lib"))) {
      for (Path file : files.filter(PrepareIT::isRecord).filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "not what it was");
      }
    }
  }

  /** The system's list of users is read by way of JNA. */
  private String serveAsNobodyKnown(Path launcher) throws Exception {
    Path file =
        new ConfigurationFile(folder)
            .write("\"run_as_user\": \"no-such-user\"", ConfigurationFile.inline("a", "b"));
    return run(ExitStatus.CONFIGURATION, launcher, "serve", "-c", file.toString());
  }

  /** Asks a table of SQLite's. */
  private String ask(Path launcher) throws Exception {
    Files.createFile(folder.resolve("empty.db"));
    Path file = Files.writeString(folder.resolve("sockmapd.json"), CONFIGURATION);
    return run(0, launcher, "query", "-c", file.toString(), "who", "i");
  }

  private Path installation() throws IOException {
    Path installed = Distribution.home();
    try (Stream<Path> files = Files.walk(installed)) {
      // The distribution may have been prepared where it was built.
      for (Path file : files.filter(file -> !isRecord(file)).toList()) {
        Path copy = folder.resolve(installed.relativize(file).toString());
        Files.copy(
            file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder.resolve("bin/sockmapd");
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
      return files.filter(PrepareIT::isRecord).toList();
    }
  }

  private static boolean isRecord(Path file) {
    return file.toString().contains("/lib/start-");
  }

  private String run(int status, Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOCKMAPD_OPTS", "-Djava.io.tmpdir=" + temporary + furtherOptions);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }
}
