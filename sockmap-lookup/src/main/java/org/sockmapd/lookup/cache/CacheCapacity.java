package org.sockmapd.lookup.cache;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.sockmapd.lookup.spi.Settings;

/** How much a cache may remember. What is least used goes first. */
public sealed interface CacheCapacity {

  /**
   * A number of answers, of whatever size.
   *
   * @param limit the most answers, at least 1
   */
  record Entries(long limit) implements CacheCapacity {
    public Entries {
      requirePositive(limit);
    }
  }

  /**
   * An amount of memory, counted as keys, values and what holds them.
   *
   * @param limit the most bytes, at least 1
   */
  record Bytes(long limit) implements CacheCapacity {
    public Bytes {
      requirePositive(limit);
    }
  }

  private static void requirePositive(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("capacity under 1: " + limit);
    }
  }

  /** Reads {@code max_entries} or {@code max_bytes}. */
  static CacheCapacity read(Settings settings, CacheCapacity byDefault) {
    boolean entries = settings.has("max_entries");
    boolean bytes = settings.has("max_bytes");
    if (entries && bytes) {
      settings.problem("max_entries", "give either max_entries or max_bytes");
    }
    if (entries) {
      return new Entries(settings.integer("max_entries", 1, 1, Integer.MAX_VALUE));
    }
    return bytes ? readBytes(settings).orElse(byDefault) : byDefault;
  }

  private static Optional<CacheCapacity> readBytes(Settings settings) {
    String text = settings.text("max_bytes").orElse("").strip().toLowerCase(Locale.ROOT);
    OptionalLong bytes = parse(text);
    if (bytes.isEmpty() || bytes.getAsLong() < 1) {
      settings.problem("max_bytes", "expected a size such as \"64m\", got \"" + text + "\"");
      return Optional.empty();
    }
    return Optional.of(new Bytes(bytes.getAsLong()));
  }

  private static OptionalLong parse(String text) {
    int power = text.isEmpty() ? 0 : "kmg".indexOf(text.charAt(text.length() - 1)) + 1;
    String number = power == 0 ? text : text.substring(0, text.length() - 1);
    return number.matches("\\d{1,10}")
        ? OptionalLong.of(Long.parseLong(number) << (10 * power))
        : OptionalLong.empty();
  }
}
