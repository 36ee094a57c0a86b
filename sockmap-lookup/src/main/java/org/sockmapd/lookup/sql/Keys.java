package org.sockmapd.lookup.sql;

/** Tells keys that a database can hold from those that it cannot. */
final class Keys {
  private Keys() {}

  /**
   * Tells whether some row could have a key. None has one with NUL, which PostgreSQL refuses and
   * others cut at, or with half a character.
   */
  static boolean possible(String key) {
    int i = 0;
    while (i < key.length()) {
      int character = key.codePointAt(i);
      if (character == 0 || isHalf(character)) {
        return false;
      }
      i += Character.charCount(character);
    }
    return true;
  }

  private static boolean isHalf(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }
}
