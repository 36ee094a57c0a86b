package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.lookup.template.SqlToken.Kind;

/**
 * Divides SQL into what is quoted and what is not, as its dialect does. The placeholders of the
 * text do not disturb it: none holds a character that quotes.
 */
final class SqlScanner {
  private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

  private final String sql;
  private final SqlQuoting quoting;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int codeStart = 0;
  private int at = 0;

  private SqlScanner(String sql, SqlQuoting quoting) {
    this.sql = sql;
    this.quoting = quoting;
  }

  static List<SqlToken> scan(String sql, SqlQuoting quoting) throws TemplateException {
    SqlScanner scanner = new SqlScanner(sql, quoting);
    while (scanner.at < sql.length()) {
      scanner.step();
    }
    scanner.endCode(sql.length());
    return scanner.tokens;
  }

  private void step() throws TemplateException {
    char c = sql.charAt(at);
    if (quoting.isQuote(c)) {
      quoted(c);
    } else if (quoting.beginsLineComment(sql, at)) {
      lineComment();
    } else if (sql.startsWith("/*", at)) {
      blockComment();
    } else if (c == '$' && quoting == SqlQuoting.POSTGRESQL) {
      dollarQuoted();
    } else if (c == ';') {
      add(Kind.SEMICOLON, at, at, at, at + 1);
    } else {
      at++;
    }
  }

  private void quoted(char quote) throws TemplateException {
    String prefix = quote == '\'' ? prefix() : "";
    int start = at - prefix.length();
    Kind kind = kindOf(quote, prefix);
    int end = endOfQuoted(kind, quote == '[' ? ']' : quote);
    add(kind, start, at + 1, end, end + 1);
  }

  /** The word that stands directly before a quote, such as the E of {@code E'..'}. */
  private String prefix() {
    int start = at;
    if (start - codeStart >= 2 && sql.regionMatches(true, start - 2, "u&", 0, 2)) {
      start -= 2;
    }
    while (start > codeStart && SqlQuoting.isWord(sql.charAt(start - 1))) {
      start--;
    }
    return sql.substring(start, at);
  }

  private Kind kindOf(char quote, String prefix) {
    Kind plain = quoting.kindOf(quote);
    return switch (prefix.toLowerCase(Locale.ROOT)) {
      case "", "n" -> plain;
      case "e" -> quoting == SqlQuoting.POSTGRESQL ? Kind.ESCAPE_STRING : plain;
      case "u&" -> quoting == SqlQuoting.POSTGRESQL ? Kind.UNICODE_STRING : plain;
      default -> Kind.OTHER_CONSTANT;
    };
  }

  private int endOfQuoted(Kind kind, char quote) throws TemplateException {
    boolean backslashes = kind == Kind.BACKSLASH_STRING || kind == Kind.ESCAPE_STRING;
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      boolean doubled = c == quote && quote != ']' && sql.startsWith(String.valueOf(quote), i + 1);
      if (c == quote && !doubled) {
        return i;
      }
      i += doubled || (backslashes && c == '\\') ? 2 : 1;
    }
    throw unterminated(sql.charAt(at) + " at offset " + at + " is never closed");
  }

  private void lineComment() {
    int end = sql.indexOf('\n', at);
    add(Kind.COMMENT, at, at, at, end < 0 ? sql.length() : end + 1);
  }

  private void blockComment() throws TemplateException {
    int depth = 1;
    int i = at + 2;
    while (depth > 0 && i < sql.length()) {
      if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else if (quoting == SqlQuoting.POSTGRESQL && sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else {
        i++;
      }
    }
    if (depth > 0) {
      throw unterminated("the comment at offset " + at + " is never closed");
    }
    add(quoting.isActiveComment(sql, at) ? Kind.ACTIVE_COMMENT : Kind.COMMENT, at, at, at, i);
  }

  private void dollarQuoted() throws TemplateException {
    Matcher opening = DOLLAR_QUOTE.matcher(sql).region(at, sql.length());
    boolean insideWord = at > codeStart && SqlQuoting.isWord(sql.charAt(at - 1));
    if (insideWord || !opening.lookingAt()) {
      at++;
      return;
    }
    int end = sql.indexOf(opening.group(), opening.end());
    if (end < 0) {
      throw unterminated(opening.group() + " at offset " + at + " is never closed");
    }
    add(Kind.DOLLAR_STRING, at, opening.end(), end, end + opening.group().length());
  }

  private void add(Kind kind, int start, int bodyStart, int bodyEnd, int end) {
    endCode(start);
    tokens.add(new SqlToken(kind, start, bodyStart, bodyEnd, end));
    codeStart = end;
    at = end;
  }

  private void endCode(int end) {
    if (end > codeStart) {
      tokens.add(new SqlToken(Kind.CODE, codeStart, codeStart, end, end));
    }
  }

  private TemplateException unterminated(String message) {
    return new TemplateException(at, message);
  }
}
