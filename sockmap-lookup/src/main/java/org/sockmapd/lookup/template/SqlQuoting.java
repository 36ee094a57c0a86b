package org.sockmapd.lookup.template;

/** How an SQL dialect marks literals, identifiers and comments. */
public enum SqlQuoting {
  /** PostgreSQL with {@code standard_conforming_strings = on}, its default since 9.1. */
  POSTGRESQL,
  /**
   * MySQL and MariaDB in their default SQL mode: {@code "..."} is a text and {@code \} an escape.
   */
  MYSQL,
  /** SQLite. */
  SQLITE;

  /** What stands between a pair of this quote, where it may begin. */
  SqlToken.Kind kindOf(char quote) {
    return switch (this) {
      case MYSQL -> quote == '`' ? SqlToken.Kind.IDENTIFIER : SqlToken.Kind.BACKSLASH_STRING;
      case POSTGRESQL, SQLITE -> quote == '\'' ? SqlToken.Kind.STRING : SqlToken.Kind.IDENTIFIER;
    };
  }

  boolean isQuote(char c) {
    return switch (c) {
      case '\'', '"' -> true;
      case '`' -> this != POSTGRESQL;
      case '[' -> this == SQLITE;
      default -> false;
    };
  }

  boolean beginsLineComment(String sql, int at) {
    if (this == MYSQL && sql.charAt(at) == '#') {
      return true;
    }
    // MySQL takes 5--3 for a sum: its dashes begin a comment only before a space or a control.
    boolean spaced = at + 2 >= sql.length() || sql.charAt(at + 2) <= ' ';
    return sql.startsWith("--", at) && (this != MYSQL || spaced);
  }

  /** Tells whether the database reads the block comment that begins here. */
  boolean isActiveComment(String sql, int at) {
    return sql.startsWith("/*+", at)
        || (this == MYSQL && (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)));
  }

  /** Tells whether a character may stand in a word of SQL. */
  static boolean isWord(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c) || c >= 0x80;
  }
}
