package org.sockmapd.cli.config;

/**
 * Takes out of a text what people write in a configuration and JSON does not have: comments ({@code
 * //} and {@code #} to the end of the line, and between {@code /*} and its end), and a comma after
 * the last member or element. Blanks take their place, so that everything else stays where it is.
 * For one text.
 */
final class JsonComments {
  private static final int NONE = -1;

  private final StringBuilder text;
  private final int lastEnd;
  private int at;

  /** What came before, but for blanks and comments. */
  private char before = '{';

  /** A comma after something, with nothing but blanks and comments after it so far. */
  private int comma = NONE;

  private JsonComments(String text) {
    this.text = new StringBuilder(text);
    this.lastEnd = text.lastIndexOf("*/");
  }

  /** Gives a text of the same length and the same lines; a comment that does not end stays. */
  static String blank(String text) {
    JsonComments comments = new JsonComments(text);
    while (comments.at < text.length()) {
      comments.next();
    }
    return comments.text.toString();
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '#' || isSlashAnd('/')) {
      blankTo(endOfLine());
    } else if (isSlashAnd('*') && lastEnd >= at + 2) {
      blankTo(text.indexOf("*/", at + 2) + 2);
    } else if (" \t\r\n".indexOf(c) >= 0) {
      at++;
    } else {
      value(c);
    }
  }

  private void value(char c) {
    if ((c == '}' || c == ']') && comma != NONE) {
      text.setCharAt(comma, ' ');
    }
    comma = c == ',' && "{[,".indexOf(before) < 0 ? at : NONE;
    before = c;
    at = c == '"' ? endOfString() : at + 1;
  }

  private boolean isSlashAnd(char second) {
    return text.charAt(at) == '/' && at + 1 < text.length() && text.charAt(at + 1) == second;
  }

  private int endOfLine() {
    int end = text.indexOf("\n", at);
    return end < 0 ? text.length() : end;
  }

  private int endOfString() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private void blankTo(int end) {
    for (; at < end; at++) {
      if (text.charAt(at) != '\n') {
        text.setCharAt(at, ' ');
      }
    }
  }
}
