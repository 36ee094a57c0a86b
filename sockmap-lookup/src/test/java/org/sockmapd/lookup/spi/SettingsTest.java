package org.sockmapd.lookup.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void takesANumberAsTextAndTextAsANumber() {
    Settings settings = settings(Map.of("host", 1, "port", "3306"));

    assertThat(settings.text("host")).contains("1");
    assertThat(settings.integer("port", 1, 1, 65535)).isEqualTo(3306);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999999999999999999", "3306.0", "", "x", "-1"})
  void refusesAnImpossiblePortAndSaysWhatWasExpected(String port) {
    Settings settings = settings(Map.of("port", port));

    assertThat(settings.integer("port", 3306, 1, 65535)).isEqualTo(3306);
    assertThat(problems)
        .containsExactly(
            "postmaps[2].port: expected a whole number from 1 to 65535, got \"" + port + "\"");
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "5s,5000", "2m,120000", "1h,3600000", "1d,86400000", "' 5 s ',5000"})
  void readsTimesWithTheirUnit(String text, long millis) {
    assertThat(duration(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "s", "-5s", "5 weeks", "3d", "1ms", "99999999999s"})
  void refusesATimeWithoutUnitOrOutOfRange(String text) {
    assertThat(duration(text)).isEqualTo(Duration.ofSeconds(7));
    assertThat(problems)
        .containsExactly(
            "postmaps[2].t: expected a time from 10ms to 172800s, such as \"5s\" or \"250ms\", got \""
                + text
                + "\"");
  }

  @Test
  void reportsEveryProblemOfOneReading() {
    Settings settings =
        settings(Map.of("query", List.of(), "flag", "yes", "hosts", List.of("a", Map.of())));

    settings.text("query");
    settings.flag("flag", true);
    settings.texts("hosts");
    settings.requiredText("table");

    assertThat(problems)
        .containsExactly(
            "postmaps[2].query: expected a text, got an array",
            "postmaps[2].flag: expected true or false, got \"yes\"",
            "postmaps[2].hosts[1]: expected a text, got an object",
            "postmaps[2].table: missing");
  }

  @Test
  void namesTheNearestSettingForOneThatNobodyAskedFor() {
    Settings settings = settings(Map.of("tabel", "users"));
    settings.has("table");
    settings.has("key");

    settings.finish();

    assertThat(problems)
        .containsExactly("postmaps[2].tabel: unknown setting; did you mean \"table\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kye", "ke", "keyy", "kex", "KEY"})
  void seesThroughASlipOfTheHandInAShortName(String slip) {
    Settings settings = settings(Map.of(slip, "id"));
    settings.has("key");

    settings.finish();

    assertThat(problems)
        .containsExactly("postmaps[2]." + slip + ": unknown setting; did you mean \"key\"?");
  }

  @Test
  void guessesNothingForANameThatIsFarFromAll() {
    Settings settings = settings(Map.of("colour", "red"));
    settings.has("table");

    settings.finish();

    assertThat(problems).containsExactly("postmaps[2].colour: unknown setting");
  }

  @Test
  void tellsThePathOfNestedObjects() {
    Settings settings = settings(Map.of("caches", List.of(Map.of("ttl", "x"))));

    Settings cache = settings.objects("caches").getFirst();
    cache.duration("ttl", Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

    assertThat(problems).singleElement().asString().startsWith("postmaps[2].caches[0].ttl: ");
  }

  @Test
  void takesATextForAnObjectOfOneMember() {
    Settings settings =
        settings(Map.of("listen", List.of("unix:/a", Map.of("endpoint", "unix:/b"), 7)));

    List<Settings> listen = settings.objects("listen", "endpoint");

    assertThat(listen)
        .extracting(each -> each.requiredText("endpoint"))
        .containsExactly("unix:/a", "unix:/b");
    assertThat(listen.getFirst().path()).isEqualTo("postmaps[2].listen[0]");
    assertThat(problems).containsExactly("postmaps[2].listen[2]: expected an object, got 7");
  }

  @Test
  void readsEntriesInTheirOrder() {
    Map<String, Object> entries = new java.util.LinkedHashMap<>();
    entries.put("z@example.com", "OK");
    entries.put("a@example.com", 550);

    assertThat(settings(Map.of("entries", entries)).entries("entries"))
        .containsExactly(Map.entry("z@example.com", "OK"), Map.entry("a@example.com", "550"));
  }

  private Duration duration(String text) {
    return settings(Map.of("t", text))
        .duration("t", Duration.ofSeconds(7), Duration.ofMillis(10), Duration.ofDays(2));
  }

  private Settings settings(Map<String, Object> values) {
    return new Settings("postmaps[2]", values, problem -> problems.add(problem.toString()));
  }
}
