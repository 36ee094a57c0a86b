package org.sockmapd.lookup.template;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A query as one statement for several keys: as many times itself, joined by {@code UNION ALL},
 * each with one more column at the end, the {@linkplain StatementMark mark} with the index of its
 * key. So the database compares each key by itself, as it does for one key alone. Immutable and
 * safe for use by many threads.
 */
public final class KeyedSelect {
  /** What joins the statement for a key to those for others, in characters. */
  private static final int JOINT = 40;

  private final String head;
  private final String tail;
  private final boolean nested;
  private final StatementMark mark;
  private final Map<Integer, MarkedSql> byCount = new ConcurrentHashMap<>();

  private KeyedSelect(String sql, int from, SqlQuoting quoting) {
    this.head = sql.substring(0, from).stripTrailing();
    this.tail = sql.substring(from);
    // SQLite wants none of them, and the others want them around what has a LIMIT.
    this.mark = StatementMark.of("keys of " + sql);
    this.nested = quoting != SqlQuoting.SQLITE;
  }

  /**
   * Takes a query apart. Only a plain {@code SELECT .. FROM ..} without {@code ORDER BY} can be
   * asked so: within a union the order of rows is lost on MySQL, and a union of its own, {@code
   * WITH} or a lock may mean something else there.
   *
   * @param sql one statement, with {@code ?} for bound values
   * @param quoting the dialect it is written in
   * @return the query; empty when it cannot be asked for several keys
   */
  public static Optional<KeyedSelect> of(String sql, SqlQuoting quoting) {
    int from = PlainSelect.from(sql, quoting);
    return from < 0 ? Optional.empty() : Optional.of(new KeyedSelect(sql, from, quoting));
  }

  /**
   * Gives the statement.
   *
   * @param keys for how many keys, 1 or more
   * @return SQL that takes the bound values of one key after the other
   */
  public MarkedSql sql(int keys) {
    return byCount.computeIfAbsent(keys, this::join);
  }

  private MarkedSql join(int keys) {
    StringBuilder sql = new StringBuilder(keys * (head.length() + tail.length() + JOINT));
    for (int key = 0; key < keys; key++) {
      sql.append(key == 0 ? "" : " UNION ALL ").append(nested ? "(" : "");
      sql.append(head).append(", '").append(mark.constant(key)).append("' ").append(tail);
      sql.append(nested ? ")" : "");
    }
    return new MarkedSql(sql.toString(), Optional.of(mark));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, ? %s", head, tail);
  }
}
