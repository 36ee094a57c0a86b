package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SourceTextTest {
  private final List<Problem> problems = new ArrayList<>();
  @TempDir private Path directory;

  @Test
  void saysThatAFileIsMissing() {
    assertThat(SourceText.read(Path.of("gone.json"), problems::add)).isEmpty();
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("gone.json: cannot be read: no such file");
  }

  @Test
  void saysThatADirectoryIsNoFile() {
    assertThat(SourceText.read(directory, problems::add)).isEmpty();
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(directory + ": cannot be read: Is a directory");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Path file = directory.resolve("latin1.json");
    Files.write(file, "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(SourceText.read(file, problems::add)).isEmpty();
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(file + ": is not UTF-8 text");
  }

  @Test
  @Timeout(30)
  void refusesAFileThatNeverEnds() {
    assertThat(SourceText.read(Path.of("/dev/zero"), problems::add)).isEmpty();
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("/dev/zero: is longer than 16 MiB");
  }
}
