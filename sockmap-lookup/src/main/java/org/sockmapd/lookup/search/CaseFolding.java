package org.sockmapd.lookup.search;

import java.util.Locale;

/**
 * Folds a key as Postfix folds it for an SQL table.
 *
 * <p>With {@code smtputf8_enable = yes} Postfix folds by ICU's {@code ucasemap_utf8FoldCase}, which
 * is Unicode's full case folding and not the same as lower case: {@code postmap -q} asks for {@code
 * ss} when it is given {@code ẞ} or {@code ß}, and for {@code σ} when given {@code ς}. It does not
 * normalise. The JDK has no such folding, but lower case of upper case, character by character, is
 * the same for all of Unicode except the characters below. A character newer than the Unicode of
 * either side folds only where it is known.
 */
public final class CaseFolding {
  private CaseFolding() {}

  /**
   * Folds a text.
   *
   * @param text any text
   * @return the text by which it is compared
   */
  public static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return foldFrom(text, i);
      }
    }
    return text;
  }

  /**
   * Folds the letters of ASCII alone, as Postfix does with {@code smtputf8_enable = no}.
   *
   * @param text any text
   * @return the text by which it is compared
   */
  public static String foldAscii(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + 0x20));
      }
    }
    return folded.toString();
  }

  private static String foldFrom(String text, int first) {
    StringBuilder folded = new StringBuilder(text.length() + 8).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        folded.append((char) (c >= 'A' && c <= 'Z' ? c + 0x20 : c));
      } else {
        foldOne(c, folded);
      }
    }
    return folded.toString();
  }

  private static void foldOne(int c, StringBuilder folded) {
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    if (c == 'ı') {
      // It has the capital of i, but is another letter.
      folded.appendCodePoint(c);
    } else if (c == 'ẞ') {
      folded.append("ss");
    } else if (Character.UnicodeScript.of(c) == Character.UnicodeScript.CHEROKEE) {
      // Its small letters came later than its capitals, so those are what it folds to.
      folded.append(upper);
    } else {
      // One by one: in a word, the last Σ would become ς.
      upper.codePoints().forEach(u -> folded.append(lower(u)));
    }
  }

  private static String lower(int c) {
    return Character.toString(c).toLowerCase(Locale.ROOT);
  }
}
