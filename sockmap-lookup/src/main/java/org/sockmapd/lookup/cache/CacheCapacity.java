package org.sockmapd.lookup.cache;

import java.util.Locale;
import java.util.OptionalLong;
import org.sockmapd.lookup.spi.Settings;

/**
 * How much a cache may remember. What is least used goes first.
 *
 * @param maxEntries the most answers, 1 or more; {@link #UNLIMITED} for any number
 * @param maxBytes the most memory, 1 or more, counted as keys, values and what holds them; {@link
 *     #UNLIMITED} for any amount
 */
public record CacheCapacity(long maxEntries, long maxBytes) {
  /** No limit of one kind; the other kind must have one. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is under 1, or there is none
   */
  public CacheCapacity {
    if (Math.min(maxEntries, maxBytes) < 1 || Math.min(maxEntries, maxBytes) == UNLIMITED) {
      throw new IllegalArgumentException(
          "capacity of %d entries and %d bytes".formatted(maxEntries, maxBytes));
    }
  }

  /**
   * Limits the number of answers, of whatever size.
   *
   * @param limit the most answers, 1 or more
   * @return the capacity
   */
  public static CacheCapacity entries(long limit) {
    return new CacheCapacity(limit, UNLIMITED);
  }

  /**
   * Limits the memory.
   *
   * @param limit the most bytes, 1 or more
   * @return the capacity
   */
  public static CacheCapacity bytes(long limit) {
    return new CacheCapacity(UNLIMITED, limit);
  }

  /**
   * Returns the memory that a {@code cache} object names.
   *
   * @param settings the object
   * @return the bytes, or empty where it names none or what it says is reported elsewhere
   */
  public static OptionalLong bytesOf(Settings settings) {
    return parse(settings.text("max_bytes").orElse(""));
  }

  /**
   * Reads {@code max_entries}, which also keeps within the default memory, or {@code max_bytes}.
   */
  static CacheCapacity read(Settings settings, CacheCapacity byDefault) {
    boolean entries = settings.has("max_entries");
    boolean bytes = settings.has("max_bytes");
    if (entries && bytes) {
      settings.problem("max_entries", "give either max_entries or max_bytes");
    }
    if (entries) {
      int limit = settings.integer("max_entries", 1, 1, Integer.MAX_VALUE);
      return new CacheCapacity(limit, byDefault.maxBytes());
    }
    return bytes ? readBytes(settings, byDefault) : byDefault;
  }

  private static CacheCapacity readBytes(Settings settings, CacheCapacity byDefault) {
    OptionalLong bytes = bytesOf(settings);
    if (bytes.isEmpty()) {
      String text = settings.text("max_bytes").orElse("").strip();
      settings.problem("max_bytes", "expected a size such as \"64m\", got \"" + text + "\"");
      return byDefault;
    }
    return bytes(bytes.getAsLong());
  }

  private static OptionalLong parse(String size) {
    String text = size.strip().toLowerCase(Locale.ROOT);
    int power = text.isEmpty() ? 0 : "kmg".indexOf(text.charAt(text.length() - 1)) + 1;
    String number = power == 0 ? text : text.substring(0, text.length() - 1);
    if (!number.matches("\\d{1,10}")) {
      return OptionalLong.empty();
    }
    long bytes = Long.parseLong(number) << (10 * power);
    return bytes < 1 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }
}
