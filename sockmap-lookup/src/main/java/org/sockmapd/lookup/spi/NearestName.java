package org.sockmapd.lookup.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by one that is not known. */
final class NearestName {
  private NearestName() {}

  /** Finds the name with the fewest edits, if it is near enough to be a slip of the hand. */
  static Optional<String> of(String wrong, Collection<String> names) {
    int limit = Math.max(1, (wrong.length() + 1) / 3);
    return names.stream()
        .filter(name -> distance(fold(wrong), fold(name)) <= limit)
        .min(Comparator.comparingInt(name -> distance(fold(wrong), fold(name))));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "_");
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
