package org.sockmapd.lookup.cache;

import java.time.Duration;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;

/** Offers more answers than the memory holds, and tells how many it kept in how many bytes. */
final class FullCache {
  private FullCache() {}

  /** Takes the lengths of the keys and of the values; prints entries, bytes used, bytes named. */
  public static void main(String[] args) {
    int keyLength = Integer.parseInt(args[0]);
    int valueLength = Integer.parseInt(args[1]);
    Remembered sample = new Remembered(answer(valueLength), 0, 1, 0);
    long bytes = 1_000_100L * EntrySize.of(key(0, keyLength), sample);
    long before = used();
    CachedTable table = table(valueLength, bytes);
    for (int i = 0; i < 1_200_000; i++) {
      table.lookup(key(i, keyLength));
    }
    System.out.println(table.statistics().entries() + " " + (used() - before) + " " + bytes);
    table.close();
  }

  private static CachedTable table(int valueLength, long bytes) {
    CacheSettings settings =
        new CacheSettings(
            Duration.ofDays(1), Duration.ofDays(1), CacheCapacity.bytes(bytes), 0, Duration.ZERO);
    return new CachedTable(
        "m", key -> answer(valueLength), settings, LookupEvents.NONE, System::nanoTime);
  }

  private static LookupResult answer(int valueLength) {
    return valueLength == 0 ? new NotFound() : new Found("v".repeat(valueLength));
  }

  private static String key(int number, int length) {
    String digits = Integer.toString(number);
    return digits + "k".repeat(Math.max(0, length - digits.length()));
  }

  private static long used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
