package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;

/**
 * What may stand in a configuration file, all of it. Plays the kept inputs in an ordinary run; with
 * {@code JAZZER_FUZZ=1} in the environment it looks for new ones, one method a run.
 */
class ConfigurationFuzzTest {
  private static final Path FILE = Path.of("f.json");
  private static final String SECRET = "Zq7-geheim";
  private static final int LONGEST_INPUT = 2_000;

  @FuzzTest(maxDuration = "1h", maxExecutions = 4_000_000)
  void readsJsonOrSaysInOneLineWhereItIsWrong(byte[] any) {
    String text = text(any);
    List<Problem> problems = new ArrayList<>();

    Optional<JsonTree> tree =
        JsonTreeReader.read(FILE, text, (parent, name) -> name, problems::add);

    assertThat(tree.isPresent() || !problems.isEmpty()).isTrue();
    problems.forEach(problem -> assertReadable(problem, text));
  }

  @FuzzTest(maxDuration = "1h", maxExecutions = 4_000_000)
  void opensAConfigurationOrSaysWhatIsWrongWithIt(byte[] any) {
    String text = text(any);
    try {
      Configuration configuration = ConfigurationReader.read(FILE, text, Map.of("SECRET", SECRET));
      configuration.warnings().forEach(problem -> assertReadable(problem, text));
      assertThat(configuration.postmaps().toString()).doesNotContain(SECRET);
      try (LookupTables tables = configuration.open(LookupEvents.NONE)) {
        assertThat(tables.mapNames()).hasSameSizeAs(configuration.postmaps());
      }
    } catch (ConfigurationException e) {
      assertThat(e.problems()).isNotEmpty();
      e.problems().forEach(problem -> assertReadable(problem, text));
    }
  }

  private static void assertReadable(Problem problem, String text) {
    assertThat(problem.line()).isBetween(0, (int) text.chars().filter(c -> c == '\n').count() + 1);
    assertThat(problem.message()).isNotBlank();
    assertThat(problem.toString()).startsWith("f.json:").doesNotContain("\n", "\r", "\u001b");
  }

  private static String text(byte[] any) {
    byte[] bytes = Arrays.copyOf(any, Math.min(any.length, LONGEST_INPUT));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
