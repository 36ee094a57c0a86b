package org.sockmapd.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sockmapd.lookup.cache.CacheCapacity;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.spi.Settings;

/**
 * The memory that all caches share: a quarter of the heap unless the configuration names more, and
 * never more than half of it, since requests and answers need room, too, and a reload has the old
 * and the new caches for a moment. Those that name no size share what the others leave.
 */
final class CacheBudget {
  private final long ofEach;

  private CacheBudget(long ofEach) {
    this.ofEach = ofEach;
  }

  /**
   * Divides the memory among the caches of some maps. More than there is for them is reported.
   *
   * @param heapBytes the most that the process may use
   */
  static CacheBudget of(List<Settings> postmaps, long heapBytes) {
    List<Settings> caches =
        postmaps.stream().map(map -> map.object("cache")).flatMap(Optional::stream).toList();
    long named = 0;
    int unnamed = 0;
    for (Settings cache : caches) {
      OptionalLong bytes = CacheCapacity.bytesOf(cache);
      named = Math.addExact(named, bytes.orElse(0));
      unnamed += bytes.isPresent() ? 0 : 1;
      if (named > heapBytes / 2 && bytes.isPresent()) {
        cache.problem("max_bytes", tooMuch(named, heapBytes));
      }
    }
    long left = Math.max(heapBytes / 4 - named, heapBytes / 20);
    long most = CacheSettings.DEFAULTS.capacity().maxBytes();
    return new CacheBudget(Math.min(most, left / Math.max(1, unnamed)));
  }

  private static String tooMuch(long named, long heapBytes) {
    return "the caches until here take %d MB of a heap of %d MB, of which they may take half;"
            .formatted(named >> 20, heapBytes >> 20)
        + " lower it, or give the process more memory (SOCKMAPD_OPTS=-Xmx..)";
  }

  /** What a cache may take that names no size. */
  CacheCapacity ofEach() {
    return CacheCapacity.bytes(ofEach);
  }
}
