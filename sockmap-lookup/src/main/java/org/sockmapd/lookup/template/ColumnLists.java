package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sockmapd.lookup.template.SqlWords.Item;

/**
 * Looks for the ends of the lists of columns that a statement's rows can come from: one for a
 * {@code SELECT}, with {@code WITH} before it or not, and one for each part of a union.
 */
final class ColumnLists {
  private static final Set<String> OPERATORS = Set.of("union", "intersect", "except");

  /** What must not come before the first {@code SELECT}: the rows would be another's. */
  private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");

  /** What may end a list that has no {@code FROM}, or be a name in it. */
  private static final Set<String> CLAUSES =
      Set.of(
          "where",
          "group",
          "having",
          "window",
          "order",
          "limit",
          "offset",
          "fetch",
          "for",
          "into",
          "procedure",
          "lock",
          "minus");

  private enum State {
    BEGIN,
    WITH,
    NEXT_PART,
    LIST,
    BEHIND_LIST
  }

  private final SqlQuoting quoting;
  private final List<Integer> ends = new ArrayList<>();
  private State state = State.BEGIN;
  private boolean clear = true;
  private int end;

  private ColumnLists(SqlQuoting quoting) {
    this.quoting = quoting;
  }

  /** The offsets where a further column can be named; none when that cannot be told. */
  static List<Integer> ends(String sql, SqlQuoting quoting) {
    ColumnLists lists = new ColumnLists(quoting);
    SqlWords.of(sql, quoting).forEach(lists::read);
    return lists.finish();
  }

  private void read(Item item) {
    if (item.isOutermostWord()) {
      word(item);
    } else if (item.depth() == 0) {
      // A part in parentheses, or a list of columns that is not there.
      clear &= state != State.BEGIN && state != State.NEXT_PART;
    }
    end = item.end();
  }

  private void word(Item item) {
    String word = item.text();
    switch (state) {
      case BEGIN -> {
        clear &= word.equals("select") || word.equals("with");
        state = word.equals("select") ? State.LIST : State.WITH;
      }
      case WITH -> {
        clear &= !CHANGES.contains(word);
        state = word.equals("select") ? State.LIST : State.WITH;
      }
      case NEXT_PART -> {
        clear &= word.equals("select") || word.equals("all") || word.equals("distinct");
        state = word.equals("select") ? State.LIST : State.NEXT_PART;
      }
      case LIST -> wordOfList(item);
      case BEHIND_LIST -> {
        clear &= !word.equals("select") && !word.equals("into");
        state = OPERATORS.contains(word) ? State.NEXT_PART : State.BEHIND_LIST;
      }
    }
  }

  private void wordOfList(Item item) {
    String word = item.text();
    if (word.equals("from") && !item.before().equals("distinct")) {
      clear &= !item.before().equals("select");
      ends.add(item.start());
      state = State.BEHIND_LIST;
    } else if (OPERATORS.contains(word)) {
      // Elsewhere some of them may name a column.
      clear &= quoting == SqlQuoting.POSTGRESQL;
      ends.add(item.start());
      state = State.NEXT_PART;
    } else {
      clear &= !word.equals("select") && !CLAUSES.contains(word);
    }
  }

  private List<Integer> finish() {
    if (state == State.LIST) {
      ends.add(end);
    }
    boolean whole = state == State.LIST || state == State.BEHIND_LIST;
    return clear && whole ? ends : List.of();
  }
}
