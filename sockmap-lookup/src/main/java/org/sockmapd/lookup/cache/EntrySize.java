package org.sockmapd.lookup.cache;

import org.sockmapd.lookup.LookupResult;

/**
 * The memory that one remembered answer takes, laid out as a 64-bit JVM with compressed references
 * does.
 */
final class EntrySize {
  /** Objects and array slots of the map and of its eviction order, seen at a million entries. */
  private static final int STRUCTURE = 176;

  private static final int STRING_AND_ARRAY_HEADERS = 24 + 16;
  private static final int FOUND = 16;

  private EntrySize() {}

  static int of(String key, Remembered remembered) {
    int value =
        remembered.result() instanceof LookupResult.Found found ? FOUND + text(found.value()) : 0;
    return STRUCTURE + text(key) + value;
  }

  private static int text(String text) {
    int bytes = isLatin1(text) ? text.length() : 2 * text.length();
    return STRING_AND_ARRAY_HEADERS + (bytes + 7) / 8 * 8;
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
