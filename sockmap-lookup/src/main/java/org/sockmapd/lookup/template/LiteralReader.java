package org.sockmapd.lookup.template;

import org.sockmapd.lookup.template.SqlToken.Kind;

/** Reads what a literal says: the text that the database would have made of it. */
final class LiteralReader {
  private final String sql;
  private final SqlToken token;
  private final TextTemplate.Builder text = new TextTemplate.Builder();
  private int at;

  private LiteralReader(String sql, SqlToken token) {
    this.sql = sql;
    this.token = token;
    this.at = token.bodyStart();
  }

  static TextTemplate read(String sql, SqlToken token) throws TemplateException {
    LiteralReader reader = new LiteralReader(sql, token);
    while (reader.at < token.bodyEnd()) {
      reader.step();
    }
    return reader.text.build();
  }

  private void step() throws TemplateException {
    char c = sql.charAt(at);
    if (c == '%') {
      text.percent(sql.charAt(at + 1));
      at += 2;
    } else if (c == '\\' && hasBackslashes()) {
      at++;
      escape();
    } else {
      text.text(c);
      at += isDoubledQuote(c) ? 2 : 1;
    }
  }

  private boolean hasBackslashes() {
    return switch (token.kind()) {
      case BACKSLASH_STRING, ESCAPE_STRING, UNICODE_STRING -> true;
      default -> false;
    };
  }

  /** Inside its literal a quote can only stand doubled. */
  private boolean isDoubledQuote(char c) {
    return token.kind() != Kind.DOLLAR_STRING && c == sql.charAt(token.bodyEnd());
  }

  private void escape() throws TemplateException {
    if (Percents.firstPlaceholder(sql, at, token.bodyEnd()) == at) {
      throw wrong("the backslash would change what %" + sql.charAt(at + 1) + " stands for");
    }
    switch (token.kind()) {
      case BACKSLASH_STRING -> mysqlEscape();
      case ESCAPE_STRING -> postgresEscape();
      default -> unicodeEscape();
    }
  }

  private void mysqlEscape() {
    char c = sql.charAt(at);
    switch (c) {
      // These two stay escaped, for LIKE.
      case '%' -> take("\\%", 2);
      case '_' -> take("\\_", 1);
      case '0' -> take("\0", 1);
      case 'b' -> take("\b", 1);
      case 'n' -> take("\n", 1);
      case 'r' -> take("\r", 1);
      case 't' -> take("\t", 1);
      case 'Z' -> take("\u001a", 1);
      default -> take(String.valueOf(c), 1);
    }
  }

  private void postgresEscape() throws TemplateException {
    char c = sql.charAt(at);
    switch (c) {
      case '%' -> take("%", 2);
      case 'b' -> take("\b", 1);
      case 'f' -> take("\f", 1);
      case 'n' -> take("\n", 1);
      case 'r' -> take("\r", 1);
      case 't' -> take("\t", 1);
      case 'u' -> codePoint(at + 1, 4, 16);
      case 'U' -> codePoint(at + 1, 8, 16);
      case 'x' -> oneByte(at + 1, 2, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> oneByte(at, 3, 8);
      default -> take(String.valueOf(c), 1);
    }
  }

  private void unicodeEscape() throws TemplateException {
    switch (sql.charAt(at)) {
      case '\\' -> take("\\", 1);
      case '+' -> codePoint(at + 1, 6, 16);
      default -> codePoint(at, 4, 16);
    }
  }

  private void oneByte(int first, int longest, int radix) throws TemplateException {
    int digits = 0;
    while (digits < longest && Character.digit(sql.charAt(first + digits), radix) >= 0) {
      digits++;
    }
    if (digits == 0) {
      take(String.valueOf(sql.charAt(at)), 1);
      return;
    }
    if (Integer.parseInt(sql, first, first + digits, radix) > 0x7f) {
      throw wrong("write a character that is not ASCII as itself, not as its bytes");
    }
    codePoint(first, digits, radix);
  }

  private void codePoint(int first, int digits, int radix) throws TemplateException {
    int value = 0;
    for (int i = first; i < first + digits; i++) {
      int digit = i < token.bodyEnd() ? Character.digit(sql.charAt(i), radix) : -1;
      if (digit < 0) {
        throw wrong("expected " + digits + " hexadecimal digits");
      }
      value = radix * value + digit;
    }
    if (value == 0 || !Character.isValidCodePoint(value)) {
      throw wrong("not a character");
    }
    take(Character.toString(value), first + digits - at);
  }

  private void take(String meaning, int length) {
    text.text(meaning);
    at += length;
  }

  private TemplateException wrong(String message) {
    return new TemplateException(at - 1, "escape at offset " + (at - 1) + ": " + message);
  }
}
