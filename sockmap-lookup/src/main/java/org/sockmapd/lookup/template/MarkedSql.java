package org.sockmapd.lookup.template;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement, each of whose rows ends with its {@linkplain StatementMark mark} where that can be.
 *
 * @param text the statement, with {@code ?} for bound values
 * @param mark its mark; empty when the last column of a row is a value like the others
 */
public record MarkedSql(String text, Optional<StatementMark> mark) {
  public MarkedSql {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(mark, "mark");
  }

  /**
   * Marks a query. What it answers stays what it was: the constant is the same in all rows and all
   * parts of a union.
   *
   * @param sql one statement, with {@code ?} for bound values
   * @param quoting the dialect it is written in
   * @return the query with one more column, or as it is when that could mean something else
   */
  public static MarkedSql of(String sql, SqlQuoting quoting) {
    List<Integer> ends = ColumnLists.ends(sql, quoting);
    if (ends.isEmpty()) {
      return new MarkedSql(sql, Optional.empty());
    }
    StatementMark mark = StatementMark.of(sql);
    StringBuilder marked = new StringBuilder(sql);
    for (int end : ends.reversed()) {
      marked.insert(end, ", '" + mark.constant(0) + "' ");
    }
    return new MarkedSql(marked.toString().strip(), Optional.of(mark));
  }

  /**
   * Tells how many columns a row has before its mark.
   *
   * @param all how many it has
   * @return the columns that hold values
   */
  public int columns(int all) {
    return mark.isPresent() ? all - 1 : all;
  }

  /**
   * Finds the key that a row belongs to.
   *
   * @param constant what the row holds in the place of its mark
   * @return the index of the key among those of the statement, or -1 when it is another statement's
   */
  public int key(@Nullable String constant) {
    return mark.map(own -> own.key(constant)).orElse(0);
  }
}
