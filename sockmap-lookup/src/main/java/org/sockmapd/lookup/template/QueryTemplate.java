package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code query} of a Postfix SQL table, as one statement with bound values. Immutable and safe
 * for use by many threads.
 *
 * <p>Each literal with placeholders is one bound value, and so is each placeholder outside quotes;
 * {@code %%} is a percent sign everywhere. Like Postfix, this leaves {@code %} and {@code _} of a
 * key special where the query says {@code LIKE}. A placeholder outside quotes is bound as text,
 * which PostgreSQL and MySQL turn into the type they need.
 */
public final class QueryTemplate {
  private final BoundSql sql;
  private final List<TextTemplate> values;
  private final Requirements requirements;

  private QueryTemplate(BoundSql sql, Requirements requirements) {
    this.sql = sql;
    this.values = sql.values();
    this.requirements = requirements;
  }

  /**
   * Reads a query.
   *
   * @param query one SQL query with {@code %s %u %d %S %U %D %1}–{@code %9 %%}; a trailing {@code
   *     ;} is dropped, and so are comments
   * @param quoting the dialect it is written in
   * @return the template
   * @throws TemplateException if a {@code %} is none of these, a quote or a comment is not closed,
   *     there is no or a second statement, or a placeholder stands where no value can be bound
   */
  public static QueryTemplate parse(String query, SqlQuoting quoting) throws TemplateException {
    Percents.check(query);
    BoundSql sql = QueryCompiler.compile(query, quoting);
    if (sql.with("?").isEmpty()) {
      throw new TemplateException(0, "holds no statement");
    }
    // Postfix counts the placeholders in comments too.
    return new QueryTemplate(sql, Requirements.of(Percents.placeholders(query)));
  }

  /**
   * Gives the statement as JDBC takes it.
   *
   * @return SQL with a {@code ?} for each value of {@link #bind}; PostgreSQL's own {@code ?} is
   *     doubled
   */
  public String sql() {
    return sql.with("?");
  }

  /**
   * Gives the statement with each bound value cast to text. PostgreSQL must guess the type of a
   * bound value where it takes a literal for text without asking, and refuses to guess in {@code
   * concat(..)} and {@code format(..)} (SQLSTATE 42P18); this form leaves it nothing to guess.
   *
   * @return SQL with a {@code CAST(? AS text)} for each value of {@link #bind}
   */
  public String sqlWithTextCasts() {
    return sql.with("CAST(? AS text)");
  }

  /**
   * Tells whether the key has a part in the query. Postfix takes a query without it, which answers
   * the same for every key; it is most often a mistake.
   *
   * @return true when at least one value is bound
   */
  public boolean usesKey() {
    return !values.isEmpty();
  }

  /**
   * Composes the values for a key.
   *
   * @param key the key, folded if the table folds
   * @return a value for each {@code ?} of {@link #sql}, in order; or empty when the query is
   *     suppressed: the key is empty or lacks a part that the query names, so it is in no table
   */
  public Optional<List<String>> bind(String key) {
    AddressParts address = AddressParts.of(key);
    if (!requirements.metBy(address)) {
      return Optional.empty();
    }
    List<String> bound = new ArrayList<>(values.size());
    for (TextTemplate value : values) {
      bound.add(value.expand(address, address));
    }
    return Optional.of(bound);
  }

  @Override
  public String toString() {
    return sql();
  }
}
