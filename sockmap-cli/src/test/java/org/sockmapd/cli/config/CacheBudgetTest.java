package org.sockmapd.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.cache.CacheCapacity;
import org.sockmapd.lookup.spi.SettingProblem;
import org.sockmapd.lookup.spi.Settings;

class CacheBudgetTest {
  private static final long MB = 1 << 20;

  private final List<SettingProblem> problems = new ArrayList<>();

  @Test
  void fiveCachesShareAQuarterOfTheHeap() {
    assertThat(ofEach(128, Map.of(), Map.of(), Map.of(), Map.of(), Map.of()))
        .isEqualTo(32 * MB / 5);
    assertThat(problems).isEmpty();
  }

  @Test
  void aCacheTakesNoMoreThanItsDefaultWhereThereIsRoom() {
    assertThat(ofEach(4096, Map.of(), Map.of("max_entries", 10))).isEqualTo(64 * MB);
  }

  @Test
  void thoseThatNameNoSizeGetWhatTheOthersLeave() {
    assertThat(ofEach(400, Map.of("max_bytes", "90m"), Map.of(), Map.of())).isEqualTo(10 * MB);
    assertThat(ofEach(400, Map.of("max_bytes", "190m"), Map.of(), Map.of())).isEqualTo(10 * MB);
    assertThat(problems).isEmpty();
  }

  @Test
  void moreThanHalfOfTheHeapIsAProblem() {
    ofEach(128, Map.of("max_bytes", "40m"), Map.of("max_bytes", "25m"), Map.of("max_bytes", "1g"));

    assertThat(problems)
        .extracting(SettingProblem::toString)
        .containsExactly(
            "postmaps[1].cache.max_bytes: the caches until here take 65 MB of a heap of 128 MB, of"
                + " which they may take half; lower it, or give the process more memory"
                + " (SOCKMAPD_OPTS=-Xmx..)",
            "postmaps[2].cache.max_bytes: the caches until here take 1089 MB of a heap of 128 MB,"
                + " of which they may take half; lower it, or give the process more memory"
                + " (SOCKMAPD_OPTS=-Xmx..)");
  }

  @SafeVarargs
  private long ofEach(long heapMegabytes, Map<String, Object>... caches) {
    List<Settings> postmaps =
        IntStream.range(0, caches.length)
            .mapToObj(
                i -> new Settings("postmaps[" + i + "]", Map.of("cache", caches[i]), problems::add))
            .toList();
    CacheCapacity each = CacheBudget.of(postmaps, heapMegabytes * MB).ofEach();
    assertThat(each.maxEntries()).isEqualTo(CacheCapacity.UNLIMITED);
    return each.maxBytes();
  }
}
