package org.sockmapd.lookup.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a configuration may hold where a setting is read. Plays the kept inputs in an ordinary run;
 * with {@code JAZZER_FUZZ=1} in the environment it looks for new ones.
 */
class SettingsFuzzTest {

  /**
   * The input is one setting a line: a name, {@code =} and a value; {@code #} begins a number,
   * {@code ?} a switch, {@code [} a list and <code>{</code> an object of the rest.
   */
  @FuzzTest(maxDuration = "20m")
  void readsAnySettingOrSaysWhatIsWrong(byte[] input) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] parts = line.split("=", 2);
      values.put(parts[0], parts.length < 2 ? "" : value(parts[1]));
    }
    List<SettingProblem> problems = new ArrayList<>();

    readEverything(new Settings("", values, problems::add), values);

    assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).isNotEmpty());
  }

  private static void readEverything(Settings settings, Map<String, Object> values) {
    for (String name : settings.names()) {
      assertThat(settings.has(name)).isEqualTo(values.containsKey(name));
      assertThat(settings.integer(name, 1, 0, 65535)).isBetween(0, 65535);
      assertThat(
              settings.duration(
                  name, Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofDays(1)))
          .isBetween(Duration.ofMillis(1), Duration.ofDays(1));
      assertThat(settings.word(name, "a", List.of("a", "b"))).isIn("a", "b");
      settings.flag(name, true);
      settings.text(name);
      settings.requiredText(name);
      settings.texts(name);
      settings.entries(name);
      settings.objects(name).forEach(Settings::finish);
      settings.object(name).ifPresent(Settings::finish);
    }
    new Settings("again", values, problem -> assertThat(problem.path()).startsWith("again"))
        .finish();
  }

  private static Object value(String text) {
    String rest = text.isEmpty() ? "" : text.substring(1);
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '#' -> number(rest);
      case '?' -> rest.isEmpty();
      case '[' -> List.of(value(rest), rest);
      case '{' -> Map.of(rest, value(rest));
      default -> text;
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text.length();
    }
  }
}
