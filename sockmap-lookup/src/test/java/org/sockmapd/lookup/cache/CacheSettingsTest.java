package org.sockmapd.lookup.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sockmapd.lookup.spi.Settings;

class CacheSettingsTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void anEmptyObjectIsTheDefaults() {
    assertThat(read(Map.of())).isEqualTo(CacheSettings.DEFAULTS);
    assertThat(problems).isEmpty();
  }

  @Test
  void readsEverySetting() {
    Map<String, Object> values =
        Map.of(
            "found_ttl", "5m",
            "not_found_ttl", "0s",
            "max_entries", 1000,
            "refresh_ahead", "0%",
            "stale_for", "1h");

    assertThat(read(values))
        .isEqualTo(
            new CacheSettings(
                Duration.ofMinutes(5),
                Duration.ZERO,
                new CacheCapacity(1000, CacheSettings.DEFAULTS.capacity().maxBytes()),
                0,
                Duration.ofHours(1)));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "100k,102400", "64M,67108864", " 2g ,2147483648", "0,-1", "64mb,-1", "m,-1"})
  void readsSizesWithTheirUnit(String text, long bytes) {
    CacheCapacity capacity = read(Map.of("max_bytes", text)).capacity();

    if (bytes > 0) {
      assertThat(capacity).isEqualTo(CacheCapacity.bytes(bytes));
      assertThat(problems).isEmpty();
    } else {
      assertThat(capacity).isEqualTo(CacheSettings.DEFAULTS.capacity());
      assertThat(problems)
          .containsExactly(
              "cache.max_bytes: expected a size such as \"64m\", got \"" + text + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"91%", "20", "-1%", "0.2", "%", "100%"})
  void refusesAPartThatIsNone(String text) {
    assertThat(read(Map.of("refresh_ahead", text)).refreshAheadPercent()).isEqualTo(20);
    assertThat(problems)
        .containsExactly(
            "cache.refresh_ahead: expected a part from 0% to 90%, got \"" + text + "\"");
  }

  @Test
  void refusesTwoBoundsAndUnknownNames() {
    read(Map.of("max_bytes", "1m", "max_entries", 5, "ttl", "5m"));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "cache.max_entries: give either max_entries or max_bytes",
            "cache.ttl: unknown setting");
  }

  @Test
  void saysWhatItMeansForFreshness() {
    assertThat(CacheSettings.DEFAULTS.freshness())
        .isEqualTo(
            "a changed or removed row is seen after at most 1m, a new one after at most 10s");
    assertThat(read(Map.of("found_ttl", "90s", "stale_for", "2h")).freshness())
        .isEqualTo(
            "a changed or removed row is seen after at most 1m30s, a new one after at most 10s;"
                + " while the database fails, up to 2h later");
  }

  @Test
  void cannotBeImpossible() {
    assertThatThrownBy(
            () ->
                new CacheSettings(
                    Duration.ofSeconds(-1),
                    Duration.ZERO,
                    CacheSettings.DEFAULTS.capacity(),
                    0,
                    Duration.ZERO))
        .hasMessage("foundTtl not from 0 to PT720H: PT-1S");
    assertThatThrownBy(() -> CacheCapacity.entries(0))
        .hasMessageStartingWith("capacity of 0 entries");
  }

  private CacheSettings read(Map<String, Object> values) {
    return CacheSettings.read(
        new Settings("cache", values, problem -> problems.add(problem.toString())));
  }
}
