package org.sockmapd.lookup.sql;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.template.QueryTemplate;
import org.sockmapd.lookup.template.ResultFormat;

/**
 * A table that a database answers. Safe for use by many threads.
 *
 * <p>All rows of a key count, their values joined with a comma; a value that is NULL or empty is
 * none. A key that no row can have (one with NUL, or with half a character) is not found without a
 * query; the empty key is looked up. Closing the table leaves its database open.
 */
public final class SqlTable implements LookupTable {
  private final Database database;
  private final TableQuery query;
  private final TableLookups lookups;

  /** Asks for several lookups at once; null when each asks for itself. */
  private final @Nullable Batching batching;

  private SqlTable(Builder builder, TableQuery query) {
    this.database = builder.database;
    this.query = query;
    Dialect dialect = Dialect.of(database.settings());
    KeySettings keys =
        new KeySettings(builder.mapName, builder.format, builder.expansionLimit, builder.networks);
    this.lookups = new TableLookups(keys, database, dialect, query, builder.events);
    boolean batches = builder.batching && lookups.canAskTogether() && dialect.networked();
    this.batching = batches ? new Batching(lookups, database) : null;
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
    return lookups
        .bind(key)
        .map(bound -> lookups.one(bound, database.deadline()))
        .orElseGet(NotFound::new);
  }

  /**
   * Answers one key. While many are asked for at one time, those that come in between are asked for
   * together, by a thread of the table's, which gives the answer.
   */
  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    lookupFirst(List.of(key), match -> answer.accept(match.result()));
  }

  /**
   * Answers with the first of several keys that the table holds. A table given by columns asks for
   * them all at once: one statement, one round trip.
   */
  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    return lookups.first(lookups.bind(keys), keys.getLast(), database.deadline());
  }

  /**
   * Answers with the first of several keys that the table holds, and with those of other lookups as
   * {@link #lookup(String, Consumer)} does.
   */
  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    List<BoundKey> bound = lookups.bind(keys);
    Question question = new Question(bound, keys.getLast(), database.deadline(), answer);
    if (bound.isEmpty()) {
      question.give(new NotFound());
    } else if (batching == null) {
      lookups.answer(question);
    } else {
      batching.answer(question);
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
    private boolean batching = true;

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
     * Sets whether many lookups may be asked with one statement; default true. Of effect for
     * servers only, and for columns or a query that is a plain {@code SELECT .. FROM ..} without
     * {@code ORDER BY}.
     *
     * @param allowed whether they may
     * @return this builder
     */
    public Builder batching(boolean allowed) {
      this.batching = allowed;
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
