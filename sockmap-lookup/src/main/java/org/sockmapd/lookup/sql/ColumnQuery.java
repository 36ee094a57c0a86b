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
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.template.KeyedSelect;
import org.sockmapd.lookup.template.RowExpansion;

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
  private final String sql;
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
    this.sql = dsl.render(dsl.select(columns).from(table).where(key.eq(anyKey())));
    this.keyed = KeyedSelect.of(sql, dialect.type().quoting());
  }

  private static Field<Object> column(Name table, String column) {
    return DSL.field(table.append(column));
  }

  private static Param<Object> anyKey() {
    return DSL.param("key");
  }

  @Override
  public String sql() {
    return sql;
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
   * A statement for many keys, each bound twice: its first column tells which is the first that a
   * row belongs to.
   */
  String sqlForFirstOf(int count) {
    CaseConditionStep<String> first = DSL.when(key.eq(anyKey()), ordinal(0));
    for (int i = 1; i < count; i++) {
      first = first.when(key.eq(anyKey()), ordinal(i));
    }
    List<SelectField<?>> fields = new ArrayList<>();
    fields.add(first);
    fields.addAll(columns);
    List<Param<Object>> keys = Stream.generate(ColumnQuery::anyKey).limit(count).toList();
    return dsl.render(dsl.select(fields).from(table).where(key.in(keys)));
  }

  /** A statement that shows the type of the key column, and no rows. */
  String sqlForKeyType() {
    return dsl.render(dsl.select(key).from(table).where(DSL.falseCondition()));
  }

  /**
   * A statement for the networks around an address, in PostgreSQL's types: the smallest first, with
   * the length of its prefix and the network before what else is asked for.
   */
  String sqlForNetworks() {
    Field<Integer> prefix = DSL.field("masklen({0})", Integer.class, key);
    List<SelectField<?>> fields = new ArrayList<>(List.of(prefix, key));
    fields.addAll(columns);
    return dsl.render(
        dsl.select(fields).from(table).where("{0} >>= {1}", key, anyKey()).orderBy(prefix.desc()));
  }

  /**
   * As text: a number among the columns would have them all asked for as the server writes them.
   */
  private static Param<String> ordinal(int index) {
    return DSL.inline(Integer.toString(index));
  }

  @Override
  public Optional<List<String>> bind(String key) {
    return Optional.of(List.of(key));
  }

  @Override
  public boolean read(ResultSet row, RowExpansion values) throws SQLException {
    return readFrom(row, 1, values);
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
