package org.sockmapd.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  @TempDir private Path folder;

  @Test
  void recordsAStartThatLaterOnesUse() throws Exception {
    Path launcher = installation();

    String said = run(0, launcher, "prepare");

    assertThat(said).startsWith("sockmapd: recorded a start for Java ");
    Path record = records().getFirst();
    assertThat(record.getFileName().toString()).matches("start-[0-9.]+\\.(aot|jsa)");
    assertThat(run(0, launcher, "--version")).startsWith("sockmapd ");
    assertThat(run(ExitStatus.CONFIGURATION, launcher, "check-config", "-c", "nothing.json"))
        .doesNotContain("[warning]");
  }

  @Test
  void startsAllTheSameWithARecordThatIsBroken() throws Exception {
    Path launcher = installation();
    run(0, launcher, "prepare");
    Files.writeString(records().getFirst(), "not what it was");

    assertThat(run(0, launcher, "--version")).startsWith("sockmapd ");
  }

  @Test
  void explainsItselfWithoutRecording() throws Exception {
    Path launcher = installation();

    assertThat(run(0, launcher, "prepare", "--help")).contains("Records a start");
    assertThat(records()).isEmpty();
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
    return file.getFileName().toString().startsWith("start-");
  }

  private String run(int status, Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }
}
