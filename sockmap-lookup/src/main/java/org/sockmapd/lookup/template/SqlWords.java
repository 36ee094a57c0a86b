package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Divides one statement into words and signs. */
final class SqlWords {

  /**
   * A word in lower case, a sign, or something quoted, whose text is empty here.
   *
   * @param start where it begins
   * @param end where it ends
   * @param depth in how many parentheses it stands
   * @param before the word or sign before it; empty at the beginning and after something quoted
   */
  record Item(String text, int start, int end, int depth, String before) {
    /** Tells whether it is a word outside all parentheses, and not a column behind its table. */
    boolean isOutermostWord() {
      return depth == 0
          && !text.isEmpty()
          && SqlQuoting.isWord(text.charAt(0))
          && !before.equals(".");
    }
  }

  private final String sql;
  private final List<Item> items = new ArrayList<>();
  private int depth;
  private boolean single = true;
  private String before = "";

  private SqlWords(String sql) {
    this.sql = sql;
  }

  /**
   * Reads a statement.
   *
   * @return what it consists of; nothing if it is more than one statement, has a comment that the
   *     database reads, or something quoted in it does not end
   */
  static List<Item> of(String sql, SqlQuoting quoting) {
    SqlWords words = new SqlWords(sql);
    try {
      SqlScanner.scan(sql, quoting).forEach(words::read);
    } catch (TemplateException e) {
      return List.of();
    }
    return words.single ? words.items : List.of();
  }

  private void read(SqlToken token) {
    switch (token.kind()) {
      case CODE -> code(token.start(), token.end());
      case COMMENT -> before = "";
      case SEMICOLON, ACTIVE_COMMENT -> single = false;
      default -> add("", token.start(), token.end());
    }
  }

  private void code(int start, int end) {
    int at = start;
    while (at < end) {
      int begun = at;
      char c = sql.charAt(at++);
      if (SqlQuoting.isWord(c)) {
        while (at < end && SqlQuoting.isWord(sql.charAt(at))) {
          at++;
        }
        add(sql.substring(begun, at).toLowerCase(Locale.ROOT), begun, at);
      } else if (!Character.isWhitespace(c)) {
        sign(c, begun);
      }
    }
  }

  private void sign(char c, int at) {
    depth -= c == ')' ? 1 : 0;
    add(String.valueOf(c), at, at + 1);
    depth += c == '(' ? 1 : 0;
  }

  private void add(String text, int start, int end) {
    items.add(new Item(text, start, end, depth, before));
    before = text;
  }
}
