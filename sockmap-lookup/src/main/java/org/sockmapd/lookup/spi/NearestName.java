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

  /** Counts the letters changed, left out, put in, or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : fewest(edits, a, i, b, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int fewest(int[][] edits, String a, int i, String b, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int change = edits[i - 1][j - 1] + (same ? 0 : 1);
    int fewest = Math.min(change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
  }
}
