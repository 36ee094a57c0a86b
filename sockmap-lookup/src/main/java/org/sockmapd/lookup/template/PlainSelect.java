package org.sockmapd.lookup.template;

import java.util.Set;
import org.sockmapd.lookup.template.SqlWords.Item;

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

  private final SqlQuoting quoting;
  private int words;
  private int from = -1;
  private boolean plain = true;

  private PlainSelect(SqlQuoting quoting) {
    this.quoting = quoting;
  }

  /** The offset of its {@code FROM}, or -1 when the statement is not of that kind. */
  static int from(String sql, SqlQuoting quoting) {
    PlainSelect select = new PlainSelect(quoting);
    SqlWords.of(sql, quoting).forEach(select::read);
    return select.plain ? select.from : -1;
  }

  private void read(Item item) {
    if (item.isOutermostWord()) {
      word(item);
    }
    // MySQL's variables live on from one part of a statement to the next.
    plain &= quoting != SqlQuoting.MYSQL || !item.text().equals("@");
  }

  private void word(Item item) {
    boolean first = words++ == 0;
    plain &= first == item.text().equals("select") && !SPECIAL.contains(item.text());
    plain &= quoting != SqlQuoting.SQLITE || !item.text().equals("limit");
    if (item.text().equals("from")) {
      String before = item.before();
      plain &= from < 0 && !before.equals("distinct") && !before.equals("select");
      from = item.start();
    }
  }
}
