package org.sockmapd.lookup.sql;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.SqlQuoting;
import org.sockmapd.lookup.template.TemplateException;

/**
 * Makes tables of the type {@code sql}. The {@link Database} of a table is the resource named
 * {@code connection/database}, where {@code connection} is empty for the default one.
 */
public final class SqlTableProvider implements LookupTableProvider {
  /** The searches whose keys can be network addresses: an access table has them beside others. */
  private static final Set<String> NETWORK_SEARCHES = Set.of("network", "access");

  private static final LookupTable UNUSABLE = key -> new TemporaryFailure("not configured");

  /** Makes a provider, for the service loader. */
  public SqlTableProvider() {}

  @Override
  public String type() {
    return "sql";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    Optional<Database> database = database(settings, context);
    Optional<TableColumns> columns = settings.has("query") ? Optional.empty() : columns(settings);
    Optional<QueryTemplate> query = query(settings, database);
    Optional<ResultFormat> format = format(settings);
    int limit = settings.integer("expansion_limit", 0, 0, Integer.MAX_VALUE);
    boolean batching = settings.flag("batching", true);
    if (database.isEmpty() || (columns.isEmpty() && query.isEmpty()) || format.isEmpty()) {
      return UNUSABLE;
    }
    SqlTable.Builder table =
        SqlTable.builder(context.mapName(), database.get())
            .events(context.events())
            .resultFormat(format.get())
            .expansionLimit(limit)
            .batching(batching);
    columns.ifPresent(table::columns);
    query.ifPresent(table::query);
    if (settings.text("search").filter(NETWORK_SEARCHES::contains).isPresent()) {
      table.networks();
    }
    return table.build();
  }

  private static Optional<Database> database(Settings settings, TableContext context) {
    String connection = settings.text("connection").orElse("");
    String name = settings.text("database").orElse("");
    Optional<Database> database = context.resource(Database.class, connection + "/" + name);
    if (database.isEmpty()) {
      settings.problem(
          "database", "no database \"" + name + "\" on the connection \"" + connection + "\"");
    }
    return database;
  }

  private static Optional<TableColumns> columns(Settings settings) {
    String table = settings.requiredText("table");
    String key = settings.requiredText("key");
    Optional<String> value = name(settings, "value");
    Optional<String> reason = name(settings, "reason");
    return table.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableColumns(table, key, value, reason));
  }

  /** An empty name is an absent one, as the Go daemon had it. */
  private static Optional<String> name(Settings settings, String setting) {
    return settings.text(setting).filter(name -> !name.isEmpty());
  }

  private static Optional<QueryTemplate> query(Settings settings, Optional<Database> database) {
    if (!settings.has("query")) {
      return Optional.empty();
    }
    for (String column : new String[] {"table", "key", "value", "reason"}) {
      if (settings.has(column)) {
        settings.problem(column, "stands beside \"query\", which says it all");
      }
    }
    String query = settings.requiredText("query");
    return database
        .filter(found -> !query.isEmpty())
        .flatMap(found -> parse(settings, query, found.settings().type().quoting()));
  }

  private static Optional<QueryTemplate> parse(
      Settings settings, String query, SqlQuoting quoting) {
    try {
      return Optional.of(QueryTemplate.parse(query, quoting));
    } catch (TemplateException e) {
      settings.problem("query", e.offset(), Objects.requireNonNull(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<ResultFormat> format(Settings settings) {
    Optional<String> format = settings.text("result_format");
    try {
      return Optional.of(
          format.isPresent() ? ResultFormat.parse(format.get()) : ResultFormat.PLAIN);
    } catch (TemplateException e) {
      settings.problem("result_format", e.offset(), Objects.requireNonNull(e.getMessage()));
      return Optional.empty();
    }
  }
}
