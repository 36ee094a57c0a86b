package org.sockmapd.cli.config;

/**
 * Says in plain words why a text is not JSON, by what was being read. Shows at most one character
 * of punctuation of it, since a mistake may well stand in a password.
 */
enum JsonMistake {
  FILE("expected an object, which begins with {"),
  MEMBER("expected a comma, a name in double quotes or }"),
  VALUE("expected a colon and a value (a text in double quotes, a number, true, false, [ or {)"),
  ELEMENT("expected a comma, a value or ]"),
  TEXT(
      "this text does not end on its line, or holds a control character or an unknown escape (a"
          + " backslash is written \\\\)"),
  END("expected nothing more after the last }");

  private static final String SHOWN = "{}[]:,;=\"'/#";

  private final String expected;

  JsonMistake(String expected) {
    this.expected = expected;
  }

  String message() {
    return "not JSON: " + expected;
  }

  /** The same, with the offending character where that helps. */
  String message(char offender) {
    return this == TEXT || SHOWN.indexOf(offender) < 0
        ? message()
        : message() + ", got " + offender + hint(offender);
  }

  private static String hint(char offender) {
    return switch (offender) {
      case '/' -> " (a comment that does not end?)";
      case '\'' -> " (JSON has no single quotes)";
      case '}', ']' -> " (a comma too many before it?)";
      case '"' -> " (a comma missing before it?)";
      default -> "";
    };
  }

  /**
   * Tells whether the reader stopped behind the offending character. It stops before a word or a
   * number that is wrong, and behind any other character.
   */
  boolean stopsBehind(char lastRead) {
    return this != TEXT && " \t:,[".indexOf(lastRead) < 0;
  }
}
