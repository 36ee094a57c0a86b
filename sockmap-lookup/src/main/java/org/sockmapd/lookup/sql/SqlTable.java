package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.RowExpansion;

/**
 * A table that a database answers. Safe for use by many threads.
 *
 * <p>All rows of a key count, their values joined with a comma; a value that is NULL or empty is
 * none. A key that no row can have (one with NUL, or with half a character) is not found without a
 * query; the empty key is looked up. Closing the table leaves its database open.
 */
public final class SqlTable implements LookupTable {
  private final String mapName;
  private final Database database;
  private final TableQuery query;
  private final ResultFormat format;
  private final int expansionLimit;
  private final LookupEvents events;
  private final Statements statements;
  private final TableHealth health;

  /** Asks for several keys at once; null for a query, which is asked key by key. */
  private final @Nullable ManyKeys search;

  /** Whether the search has more to say of one key than that it is there. */
  private final boolean networks;

  private SqlTable(Builder builder, TableQuery query) {
    this.mapName = builder.mapName;
    this.database = builder.database;
    this.events = builder.events;
    this.query = query;
    this.format = builder.format;
    this.expansionLimit = builder.expansionLimit;
    this.statements = new Statements(mapName, events, Dialect.of(database.settings()));
    Set<String> networkTypes = Dialect.of(database.settings()).networkTypes();
    this.networks = builder.networks && !networkTypes.isEmpty();
    this.search = query instanceof ColumnQuery columns ? search(columns, networkTypes) : null;
    this.health = new TableHealth(mapName, events);
  }

  private ManyKeys search(ColumnQuery columns, Set<String> networkTypes) {
    return networks
        ? new NetworkSearch(columns, networkTypes, statements, this::expansion)
        : new KeySearch(columns, statements, this::expansion);
  }

  /**
   * Begins a table.
   *
   * @param mapName the map that it answers, for its events
   * @param database the database to ask
   * @return a builder
   */
  public static Builder builder(String mapName, Database database) {
    return new Builder(mapName, database);
  }

  @Override
  public LookupResult lookup(String key) {
    Optional<List<String>> bound = possible(key) ? query.bind(key) : Optional.empty();
    return bound.isPresent() ? ask(key, bound.get()) : new NotFound();
  }

  private boolean possible(String key) {
    return Keys.possible(key) && (format == ResultFormat.PLAIN || format.accepts(key));
  }

  private LookupResult ask(String key, List<String> bound) {
    return answer(
        (connection, node) -> {
          RowExpansion values = expansion(key);
          statements.query(connection, node, query.sql(), bound, row -> query.read(row, values));
          return values.result();
        });
  }

  private RowExpansion expansion(String key) {
    return format.expansion(mapName, key, expansionLimit, events);
  }

  private LookupResult answer(NodeWork<LookupResult> work) {
    try {
      LookupResult result = database.run(work);
      health.answered();
      return result;
    } catch (LookupFailure e) {
      if (e.failure() instanceof SQLException failure && query.refused(failure)) {
        return answer(work);
      }
      health.failed(e);
      return e.toResult();
    }
  }

  /**
   * Answers with the first of several keys that the table holds. A table given by columns asks for
   * them all at once: one statement, one round trip.
   */
  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    List<String> possible = keys.stream().filter(this::possible).toList();
    for (int i = 0; i < possible.size(); i += KeySearch.MAX_KEYS) {
      List<String> some = possible.subList(i, Math.min(i + KeySearch.MAX_KEYS, possible.size()));
      FirstMatch match = firstOf(some);
      if (!(match.result() instanceof NotFound)) {
        return match;
      }
    }
    return new FirstMatch(keys.getLast(), new NotFound());
  }

  private FirstMatch firstOf(List<String> keys) {
    if (search == null || !search.exact() || (keys.size() == 1 && !networks)) {
      return LookupTable.super.lookupFirst(keys);
    }
    try {
      FirstMatch match = database.run((connection, node) -> search.first(connection, node, keys));
      health.answered();
      return search.exact() ? match : LookupTable.super.lookupFirst(keys);
    } catch (LookupFailure e) {
      if (e.kind() == FailureKind.KEY) {
        // A key that does not fit must not keep a more specific one from being found.
        return LookupTable.super.lookupFirst(keys);
      }
      health.failed(e);
      return new FirstMatch(keys.getFirst(), e.toResult());
    }
  }

  /**
   * Tries the table on every node of its database, without a key. Waits for what comes of it.
   *
   * @return a report for each node, in the order of the configuration
   */
  public List<TableReport> check() {
    TableCheck check = new TableCheck(Dialect.of(database.settings()));
    return database.check(
        (connection, node) ->
            switch (query) {
              case ColumnQuery columns -> check.report(connection, node, columns);
              case TemplateQuery template -> check.report(connection, node, template);
            });
  }

  /** Collects what a table needs. For use by one thread. */
  public static final class Builder {
    private final String mapName;
    private final Database database;
    private LookupEvents events = LookupEvents.NONE;
    private @Nullable TableQuery query;
    private ResultFormat format = ResultFormat.PLAIN;
    private int expansionLimit;
    private boolean networks;

    private Builder(String mapName, Database database) {
      this.mapName = Objects.requireNonNull(mapName, "mapName");
      this.database = Objects.requireNonNull(database, "database");
    }

    /**
     * Has the table answer from columns.
     *
     * @param columns which ones
     * @return this builder
     */
    public Builder columns(TableColumns columns) {
      this.query = new ColumnQuery(Dialect.of(database.settings()), columns);
      return this;
    }

    /**
     * Has the table answer from a query of Postfix's kind: every column of every row is a value;
     * from SQLite the first column alone.
     *
     * @param template the query, written for the kind of the database
     * @return this builder
     */
    public Builder query(QueryTemplate template) {
      this.query = new TemplateQuery(Dialect.of(database.settings()), template);
      return this;
    }

    /**
     * Sets what becomes of each value; default {@link ResultFormat#PLAIN}.
     *
     * @param format the format
     * @return this builder
     */
    public Builder resultFormat(ResultFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * Sets how many values an answer may have; default 0, which is any number. More of them are a
     * temporary failure.
     *
     * @param values 0 or more
     * @return this builder
     */
    public Builder expansionLimit(int values) {
      if (values < 0) {
        throw new IllegalArgumentException("a negative number of values: " + values);
      }
      this.expansionLimit = values;
      return this;
    }

    /**
     * Says that the keys of {@link SqlTable#lookupFirst} are a network address and the networks
     * around it, so that a column of PostgreSQL's types {@code inet} and {@code cidr} is asked for
     * the smallest network that holds the address. A key column of another type, and a table given
     * by a query, is not treated otherwise for it.
     *
     * @return this builder
     */
    public Builder networks() {
      this.networks = true;
      return this;
    }

    /**
     * Sets who hears of failures; default nobody.
     *
     * @param events the receiver
     * @return this builder
     */
    public Builder events(LookupEvents events) {
      this.events = Objects.requireNonNull(events, "events");
      return this;
    }

    /**
     * Builds the table. Asks nothing of the database.
     *
     * @return the table
     * @throws IllegalStateException if neither columns nor a query say what to ask
     */
    public SqlTable build() {
      if (query == null) {
        throw new IllegalStateException("a table needs columns or a query");
      }
      return new SqlTable(this, query);
    }
  }
}
