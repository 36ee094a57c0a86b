package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL that grows from left to right, with a gap for each bound value. */
final class BoundSql {
  // PostgreSQL's TYPE 'text' takes nothing but a literal there.
  private static final Pattern TYPED_LITERAL =
      Pattern.compile(
          "\\b(inet|cidr|macaddr|macaddr8|text|citext|varchar|uuid|date|timestamp|timestamptz"
              + "|int|integer|bigint|smallint|numeric|boolean|bool)\\s*$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}_]+)\\s*$");
  private static final Set<String> BEFORE_IDENTIFIERS =
      Set.of("from", "join", "into", "update", "table");

  private final SqlQuoting quoting;
  private final List<String> parts = new ArrayList<>();
  private final List<TextTemplate> values = new ArrayList<>();
  private StringBuilder part = new StringBuilder();

  BoundSql(SqlQuoting quoting) {
    this.quoting = quoting;
  }

  void append(String sql) {
    if (sql.startsWith("?")) {
      separate();
    }
    part.append(sql);
  }

  void append(char c) {
    part.append(c);
  }

  /**
   * Takes the place of a comment: what stands around it may not touch. After MySQL's minus of a
   * minus a space would begin a comment.
   */
  void appendNothing() {
    part.append(!part.isEmpty() && part.charAt(part.length() - 1) == '-' ? "/**/" : " ");
  }

  /** Makes a gap that takes the place of a literal. */
  void bind(TextTemplate value) {
    Matcher type = TYPED_LITERAL.matcher(part);
    if (quoting == SqlQuoting.POSTGRESQL && type.find()) {
      String name = type.group(1);
      part.setLength(type.start());
      part.append("CAST(");
      gap(value);
      part.append(" AS ").append(name).append(')');
    } else {
      gap(value);
    }
  }

  /** Tells whether an identifier would stand at the end, where only a value can be bound. */
  boolean expectsIdentifier() {
    Matcher word = LAST_WORD.matcher(part);
    boolean touchesWord =
        !part.isEmpty()
            && (SqlQuoting.isWord(part.charAt(part.length() - 1))
                || part.charAt(part.length() - 1) == '.');
    return touchesWord
        || (word.find() && BEFORE_IDENTIFIERS.contains(word.group(1).toLowerCase(Locale.ROOT)));
  }

  /** Two question marks together are an operator to PostgreSQL's driver. */
  private void separate() {
    boolean afterGap = part.isEmpty() && !parts.isEmpty();
    if (afterGap || (!part.isEmpty() && part.charAt(part.length() - 1) == '?')) {
      part.append(' ');
    }
  }

  private void gap(TextTemplate value) {
    separate();
    values.add(value);
    parts.add(part.toString());
    part = new StringBuilder();
  }

  List<TextTemplate> values() {
    return List.copyOf(values);
  }

  /** Gives the SQL with this text in each gap. */
  String with(String gap) {
    return (String.join(gap, parts) + (parts.isEmpty() ? "" : gap) + part).strip();
  }
}
