package org.sockmapd.lookup.template;

/**
 * A part of an SQL text that is quoted, or not, as a whole.
 *
 * @param kind what it is
 * @param start where it begins, with its quote or prefix
 * @param bodyStart where the text inside the quotes begins
 * @param bodyEnd where the text inside the quotes ends
 * @param end where it ends, behind its quote
 */
record SqlToken(Kind kind, int start, int bodyStart, int bodyEnd, int end) {

  enum Kind {
    /** SQL outside all quotes. */
    CODE,
    /** The end of a statement. */
    SEMICOLON,
    COMMENT,
    /** A comment that the database reads: a hint or MySQL's conditional code. */
    ACTIVE_COMMENT,
    IDENTIFIER,
    /** Text in which only the quote is special, by being doubled. */
    STRING,
    /** MySQL's text, with backslashes. */
    BACKSLASH_STRING,
    /** PostgreSQL's {@code E'..'}. */
    ESCAPE_STRING,
    /** PostgreSQL's {@code U&'..'}. */
    UNICODE_STRING,
    /** PostgreSQL's {@code $tag$..$tag$}. */
    DOLLAR_STRING,
    /** A quoted constant that is not text: {@code X'..'}, {@code B'..'}, {@code _utf8'..'}. */
    OTHER_CONSTANT
  }
}
