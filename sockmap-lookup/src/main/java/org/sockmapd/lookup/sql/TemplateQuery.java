package org.sockmapd.lookup.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.RowExpansion;

/** The question of a table given by a query: every column of every row is a value. */
final class TemplateQuery implements TableQuery {
  /** PostgreSQL cannot tell the type of a bound value. */
  private static final String INDETERMINATE_TYPE = "42P18";

  private final Dialect dialect;
  private final QueryTemplate template;
  private final boolean firstColumnOnly;
  private volatile String sql;

  TemplateQuery(Dialect dialect, QueryTemplate template) {
    this.dialect = dialect;
    this.template = template;
    this.firstColumnOnly = dialect instanceof SqliteDialect;
    this.sql = template.sql();
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public Optional<List<String>> bind(String key) {
    return template.bind(key);
  }

  @Override
  public boolean read(ResultSet row, RowExpansion values) throws SQLException {
    int columns = firstColumnOnly ? 1 : row.getMetaData().getColumnCount();
    boolean more = true;
    for (int i = 1; i <= columns && more; i++) {
      more = values.add(dialect.text(row, i));
    }
    return more;
  }

  /** A literal would be text without asking; once the server has asked, it is told so. */
  @Override
  public boolean refused(SQLException failure) {
    String other = template.sqlWithTextCasts();
    if (!INDETERMINATE_TYPE.equals(failure.getSQLState()) || sql.equals(other)) {
      return false;
    }
    sql = other;
    return true;
  }
}
