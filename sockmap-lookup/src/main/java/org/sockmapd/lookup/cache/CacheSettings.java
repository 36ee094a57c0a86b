package org.sockmapd.lookup.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.sockmapd.lookup.spi.Settings;

/**
 * How long answers are remembered, and how many.
 *
 * @param foundTtl how long a value is fresh; zero remembers none
 * @param notFoundTtl how long "not found" is fresh; zero does not remember it
 * @param capacity how much is remembered
 * @param refreshAheadPercent the last part of a lifetime, 0 to 90, in which a key that is asked is
 *     asked again in the background
 * @param staleFor how long past its lifetime an answer may be given while the database fails; zero
 *     for never
 */
public record CacheSettings(
    Duration foundTtl,
    Duration notFoundTtl,
    CacheCapacity capacity,
    int refreshAheadPercent,
    Duration staleFor) {
  private static final Duration LONGEST = Duration.ofDays(30);

  /** What an empty {@code cache} object means. */
  public static final CacheSettings DEFAULTS =
      new CacheSettings(
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          CacheCapacity.bytes(64L << 20),
          20,
          Duration.ZERO);

  public CacheSettings {
    requireLifetime("foundTtl", foundTtl);
    requireLifetime("notFoundTtl", notFoundTtl);
    requireLifetime("staleFor", staleFor);
    Objects.requireNonNull(capacity, "capacity");
    if (refreshAheadPercent < 0 || refreshAheadPercent > 90) {
      throw new IllegalArgumentException("refreshAheadPercent not 0 to 90: " + refreshAheadPercent);
    }
  }

  /**
   * Reads a {@code cache} object. What is wrong is reported to the settings and replaced by the
   * default.
   *
   * @param settings the object
   * @return what it says
   */
  public static CacheSettings read(Settings settings) {
    return read(settings, DEFAULTS.capacity);
  }

  /**
   * Reads a {@code cache} object, for a cache that is one of several in one heap.
   *
   * @param settings the object
   * @param capacity how much is remembered where the object does not say
   * @return what it says
   */
  public static CacheSettings read(Settings settings, CacheCapacity capacity) {
    CacheSettings read =
        new CacheSettings(
            lifetime(settings, "found_ttl", DEFAULTS.foundTtl),
            lifetime(settings, "not_found_ttl", DEFAULTS.notFoundTtl),
            CacheCapacity.read(settings, capacity),
            percent(settings, "refresh_ahead", DEFAULTS.refreshAheadPercent),
            lifetime(settings, "stale_for", DEFAULTS.staleFor));
    settings.finish();
    return read;
  }

  /**
   * Says what the settings mean for an administrator who changes a row.
   *
   * @return a sentence without a full stop
   */
  public String freshness() {
    String fresh =
        "a changed or removed row is seen after at most %s, a new one after at most %s"
            .formatted(show(foundTtl), show(notFoundTtl));
    return staleFor.isZero()
        ? fresh
        : fresh + "; while the database fails, up to " + show(staleFor) + " later";
  }

  private static String show(Duration time) {
    return time.isZero()
        ? "no time"
        : time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  private static Duration lifetime(Settings settings, String name, Duration byDefault) {
    return settings.duration(name, byDefault, Duration.ZERO, LONGEST);
  }

  private static int percent(Settings settings, String name, int byDefault) {
    Optional<String> text = settings.text(name).map(String::strip);
    if (text.isEmpty()) {
      return byDefault;
    }
    if (text.get().matches("([0-8]?[0-9]|90)%")) {
      return Integer.parseInt(text.get().replace("%", ""));
    }
    settings.problem(name, "expected a part from 0% to 90%, got \"" + text.get() + "\"");
    return byDefault;
  }

  private static void requireLifetime(String name, Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " not from 0 to " + LONGEST + ": " + time);
    }
  }
}
