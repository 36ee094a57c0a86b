package org.sockmapd.lookup.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.CaseConditionStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.template.KeyedSelect;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.RowExpansion;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.lookup.template.StatementMark;

/**
 * The question of a table given by its columns: the rows whose key column is the key. Columns are
 * named with their table: SQLite takes a quoted name that it does not know for a text, but not a
 * qualified one.
 */
final class ColumnQuery implements TableQuery {
  private final Dialect dialect;
  private final TableColumns names;
  private final DSLContext dsl;
  private final Table<?> table;
  private final Field<Object> key;
  private final List<Field<Object>> columns;
  private final MarkedSql statement;
  private final Optional<KeyedSelect> keyed;

  ColumnQuery(Dialect dialect, TableColumns names) {
    this.dialect = dialect;
    this.names = names;
    this.dsl = DSL.using(dialect.jooq());
    Name tableName = DSL.name(names.table().split("\\."));
    this.table = DSL.table(tableName);
    this.key = column(tableName, names.key());
    this.columns = new ArrayList<>();
    columns.add(column(tableName, names.value().orElse(names.key())));
    names.reason().ifPresent(reason -> columns.add(column(tableName, reason)));
    String sql = dsl.render(dsl.select(columns).from(table).where(key.eq(anyKey())));
    SqlQuoting quoting = dialect.type().quoting();
    this.statement = MarkedSql.of(sql, quoting);
    this.keyed = KeyedSelect.of(sql, quoting);
  }

  private static Field<Object> column(Name table, String column) {
    return DSL.field(table.append(column));
  }

  private static Param<Object> anyKey() {
    return DSL.param("key");
  }

  @Override
  public MarkedSql statement() {
    return statement;
  }

  @Override
  public Optional<KeyedSelect> keyed() {
    return keyed;
  }

  TableColumns names() {
    return names;
  }

  /** A statement that names all there is to name, and returns nothing. */
  String sqlWithoutRows() {
    return dsl.render(
        dsl.select(columns).from(table).where(key.isNull()).and(DSL.falseCondition()));
  }

  /**
   * A statement for many keys, each bound twice: the mark of a row tells the first one that it
   * belongs to.
   */
  MarkedSql sqlForFirstOf(int count) {
    StatementMark mark = StatementMark.of("first of " + count + " keys of " + statement.text());
    CaseConditionStep<String> first = DSL.when(key.eq(anyKey()), constant(mark, 0));
    for (int i = 1; i < count; i++) {
      first = first.when(key.eq(anyKey()), constant(mark, i));
    }
    List<Param<Object>> keys = Stream.generate(ColumnQuery::anyKey).limit(count).toList();
    return marked(dsl.select(columns).select(first).from(table).where(key.in(keys)), mark);
  }

  private MarkedSql marked(Query select, StatementMark mark) {
    return new MarkedSql(dsl.render(select), Optional.of(mark));
  }

  /** A statement that shows the type of the key column, and no rows. */
  String sqlForKeyType() {
    return dsl.render(dsl.select(key).from(table).where(DSL.falseCondition()));
  }

  /**
   * A statement for the networks around an address, in PostgreSQL's types: the smallest first, with
   * the length of its prefix and the network before what else is asked for.
   */
  MarkedSql sqlForNetworks() {
    StatementMark mark = StatementMark.of("networks of " + statement.text());
    Field<Integer> prefix = DSL.field("masklen({0})", Integer.class, key);
    List<SelectField<?>> fields = new ArrayList<>(List.of(prefix, key));
    fields.addAll(columns);
    fields.add(constant(mark, 0));
    return marked(
        dsl.select(fields).from(table).where("{0} >>= {1}", key, anyKey()).orderBy(prefix.desc()),
        mark);
  }

  private static Param<String> constant(StatementMark mark, int key) {
    return DSL.inline(mark.constant(key));
  }

  @Override
  public Optional<List<String>> bind(String key) {
    return Optional.of(List.of(key));
  }

  @Override
  public boolean read(ResultSet row, int count, RowExpansion values) throws SQLException {
    return readFrom(row, 1, values);
  }

  /** Reads the value and the reason of a row, from a column on. */
  boolean readFrom(ResultSet row, int column, RowExpansion values) throws SQLException {
    @Nullable String value = dialect.text(row, column);
    @Nullable String reason = columns.size() < 2 ? null : dialect.text(row, column + 1);
    boolean alone = value == null || value.isEmpty() || reason == null || reason.isEmpty();
    return values.add(alone ? value : value + " " + reason);
  }

  @Override
  public boolean refused(String asked, SQLException failure) {
    return false;
  }
}
