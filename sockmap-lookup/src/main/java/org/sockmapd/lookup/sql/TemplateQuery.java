package org.sockmapd.lookup.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.template.KeyedSelect;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.RowExpansion;
import org.sockmapd.lookup.template.SqlQuoting;

/** The question of a table given by a query: every column of every row is a value. */
final class TemplateQuery implements TableQuery {
  /** PostgreSQL cannot tell the type of a bound value. */
  private static final String INDETERMINATE_TYPE = "42P18";

  private final Dialect dialect;
  private final QueryTemplate template;
  private final boolean firstColumnOnly;
  private volatile Form form;

  /** What is asked for one key, and for several. */
  private record Form(MarkedSql one, Optional<KeyedSelect> keyed) {}

  TemplateQuery(Dialect dialect, QueryTemplate template) {
    this.dialect = dialect;
    this.template = template;
    this.firstColumnOnly = dialect instanceof SqliteDialect;
    this.form = form(template.sql());
  }

  private Form form(String sql) {
    SqlQuoting quoting = dialect.type().quoting();
    return new Form(MarkedSql.of(sql, quoting), KeyedSelect.of(sql, quoting));
  }

  @Override
  public MarkedSql statement() {
    return form.one();
  }

  @Override
  public Optional<KeyedSelect> keyed() {
    return form.keyed();
  }

  @Override
  public Optional<List<String>> bind(String key) {
    return template.bind(key);
  }

  @Override
  public boolean read(ResultSet row, int columns, RowExpansion values) throws SQLException {
    int last = firstColumnOnly ? 1 : columns;
    boolean more = true;
    for (int i = 1; i <= last && more; i++) {
      more = values.add(dialect.text(row, i));
    }
    return more;
  }

  /** A literal would be text without asking; once the server has asked, it is told so. */
  @Override
  public boolean refused(String asked, SQLException failure) {
    if (!INDETERMINATE_TYPE.equals(failure.getSQLState())) {
      return false;
    }
    Form other = form(template.sqlWithTextCasts());
    form = other;
    return !asked.equals(other.one().text());
  }
}
