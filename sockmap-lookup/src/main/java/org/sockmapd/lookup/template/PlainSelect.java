package org.sockmapd.lookup.template;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sockmapd.lookup.template.SqlToken.Kind;

/** Looks for the end of the list of columns in a {@code SELECT} that has nothing special. */
final class PlainSelect {
  /** What makes a statement mean something else when it is a part of another. */
  private static final Set<String> SPECIAL =
      Set.of(
          "union",
          "intersect",
          "except",
          "minus",
          "order",
          "into",
          "for",
          "lock",
          "procedure",
          "sql_calc_found_rows",
          "high_priority");

  private final String sql;
  private final SqlQuoting quoting;
  private int depth;
  private int words;
  private int from = -1;
  private boolean plain = true;
  private String before = "";

  private PlainSelect(String sql, SqlQuoting quoting) {
    this.sql = sql;
    this.quoting = quoting;
  }

  /** The offset of its {@code FROM}, or -1 when the statement is not of that kind. */
  static int from(String sql, SqlQuoting quoting) {
    try {
      PlainSelect select = new PlainSelect(sql, quoting);
      select.read(SqlScanner.scan(sql, quoting));
      return select.plain ? select.from : -1;
    } catch (TemplateException e) {
      return -1;
    }
  }

  private void read(List<SqlToken> tokens) {
    for (SqlToken token : tokens) {
      if (token.kind() == Kind.CODE) {
        code(token.start(), token.end());
      } else {
        plain &= token.kind() != Kind.ACTIVE_COMMENT && token.kind() != Kind.SEMICOLON;
        before = "";
      }
    }
  }

  private void code(int start, int end) {
    int at = start;
    while (at < end) {
      char c = sql.charAt(at);
      if (SqlQuoting.isWord(c)) {
        int begun = at;
        while (at < end && SqlQuoting.isWord(sql.charAt(at))) {
          at++;
        }
        word(begun, sql.substring(begun, at).toLowerCase(Locale.ROOT));
      } else {
        sign(c);
        at++;
      }
    }
  }

  private void sign(char c) {
    switch (c) {
      case '(' -> depth++;
      case ')' -> depth--;
      // MySQL's variables live on from one part of a statement to the next.
      case '@' -> plain &= quoting != SqlQuoting.MYSQL;
      default -> {}
    }
    if (!Character.isWhitespace(c)) {
      before = String.valueOf(c);
    }
  }

  private void word(int at, String word) {
    boolean first = words++ == 0;
    if (depth == 0 && !before.equals(".")) {
      plain &= first == word.equals("select") && !SPECIAL.contains(word);
      plain &= quoting != SqlQuoting.SQLITE || !word.equals("limit");
      if (word.equals("from")) {
        plain &= from < 0 && !before.equals("distinct") && !before.equals("select");
        from = at;
      }
    }
    before = word;
  }
}
