package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.NonBlocking;
import org.sockmapd.lookup.template.MarkedSql;
import org.sockmapd.lookup.template.ResultFormat;
import org.sockmapd.lookup.template.RowExpansion;

/** Asks the query of one table, for one key or several, and waits for the answer. */
final class TableLookups {
  private final KeySettings settings;
  private final Database database;
  private final TableQuery query;
  private final LookupEvents events;
  private final Statements statements;
  private final KeyUnion union;
  private final TableHealth health;

  /** Finds the first of several keys at once; null for a query, which is asked key by key. */
  private final @Nullable ManyKeys search;

  /** Whether the search has more to say of one key than that it is there. */
  private final boolean networks;

  /** Whether an answer comes from a server, and takes a while. */
  private final boolean networked;

  private final int keptLength;

  TableLookups(
      KeySettings settings,
      Database database,
      Dialect dialect,
      TableQuery query,
      LookupEvents events) {
    this.settings = settings;
    this.database = database;
    this.query = query;
    this.events = events;
    this.statements = new Statements(settings.mapName(), events, dialect);
    this.union = new KeyUnion(query, statements, this::expansion);
    this.health = new TableHealth(settings.mapName(), events, database.nanoTime());
    this.networks = settings.networks() && !dialect.networkTypes().isEmpty();
    this.networked = dialect.networked();
    this.keptLength = dialect.keptLength();
    this.search =
        query instanceof ColumnQuery columns ? search(columns, dialect.networkTypes()) : null;
  }

  private ManyKeys search(ColumnQuery columns, Set<String> networkTypes) {
    return networks
        ? new NetworkSearch(columns, networkTypes, statements, this::expansion)
        : new KeySearch(columns, statements, this::expansion);
  }

  /** Makes a key ready to ask for; empty when no row can have it. */
  Optional<BoundKey> bind(String key) {
    return possible(key)
        ? query.bind(key).map(values -> new BoundKey(key, values))
        : Optional.empty();
  }

  private boolean possible(String key) {
    ResultFormat format = settings.format();
    return Keys.possible(key) && (format == ResultFormat.PLAIN || format.accepts(key));
  }

  /** The keys of some that rows can have. */
  List<BoundKey> bind(List<String> keys) {
    List<BoundKey> bound = new ArrayList<>(keys.size());
    for (String key : keys) {
      bind(key).ifPresent(bound::add);
    }
    return bound;
  }

  /** Answers one key. */
  LookupResult one(BoundKey key, Deadline deadline) {
    MarkedSql sql = query.statement();
    try {
      LookupResult result =
          database.run((connection, node) -> ask(connection, node, sql, key), deadline);
      health.answered();
      return result;
    } catch (LookupFailure e) {
      return e.failure() instanceof SQLException failure && query.refused(sql.text(), failure)
          ? one(key, deadline)
          : failed(e);
    }
  }

  private LookupResult ask(Connection connection, String node, MarkedSql sql, BoundKey key)
      throws SQLException {
    RowExpansion values = expansion(key.key());
    statements.query(
        connection,
        node,
        sql,
        key.values(),
        (row, columns, one) -> query.read(row, columns, values));
    return values.result();
  }

  private RowExpansion expansion(String key) {
    return settings.format().expansion(settings.mapName(), key, settings.expansionLimit(), events);
  }

  /** Reports that a key was not asked for, and gives what that means for it. */
  LookupResult refused(FailureKind kind, SQLException why) {
    return failed(database.refused(kind, why));
  }

  /** Reports a failure, and gives what it means for a key. */
  LookupResult failed(LookupFailure failure) {
    health.failed(failure);
    database.unanswered(1);
    return failure.toResult();
  }

  /**
   * Answers with the first of several keys that has a value.
   *
   * @param keys the keys, most specific first; may be none
   * @param last the key to name when none has
   */
  FirstMatch first(List<BoundKey> keys, String last, Deadline deadline) {
    for (int i = 0; i < keys.size(); i += KeySearch.MAX_KEYS) {
      List<BoundKey> some = keys.subList(i, Math.min(i + KeySearch.MAX_KEYS, keys.size()));
      FirstMatch match = firstOf(some, last, deadline);
      if (!(match.result() instanceof NotFound)) {
        return match;
      }
    }
    return new FirstMatch(last, new NotFound());
  }

  /** Finds the answer to a question. */
  FirstMatch first(Question question) {
    return first(question.keys(), question.last(), question.deadline());
  }

  /** Answers a question; on a thread of its own where the caller's must not be held up. */
  void answer(Question question) {
    if (networked && NonBlocking.isCurrentThread()) {
      var unused = Thread.ofVirtual().name("sockmapd-lookup").start(() -> surelyAnswer(question));
    } else {
      question.answer().accept(first(question));
    }
  }

  /** Answers a question even where the asking fails by a defect, which must cost no answer. */
  void surelyAnswer(Question question) {
    FirstMatch match = question.match(new TemporaryFailure("lookup failed"));
    try {
      match = first(question);
    } finally {
      question.answer().accept(match);
    }
  }

  private FirstMatch firstOf(List<BoundKey> keys, String last, Deadline deadline) {
    if (search == null || !search.exact() || (keys.size() == 1 && !networks)) {
      return firstByOne(keys, last, deadline);
    }
    List<String> names = keys.stream().map(BoundKey::key).toList();
    try {
      FirstMatch match =
          database.run((connection, node) -> search.first(connection, node, names), deadline);
      health.answered();
      return search.exact() ? match : firstByOne(keys, last, deadline);
    } catch (LookupFailure e) {
      // A key that does not fit must not keep a more specific one from being found.
      return e.kind() == FailureKind.KEY
          ? firstByOne(keys, last, deadline)
          : new FirstMatch(keys.getFirst().key(), failed(e));
    }
  }

  private FirstMatch firstByOne(List<BoundKey> keys, String last, Deadline deadline) {
    for (BoundKey key : keys) {
      LookupResult result = one(key, deadline);
      if (!(result instanceof NotFound)) {
        return new FirstMatch(key.key(), result);
      }
    }
    return new FirstMatch(last, new NotFound());
  }

  /** Finds the first key that has a value. */
  static FirstMatch firstOf(List<BoundKey> keys, List<LookupResult> results, String last) {
    for (int i = 0; i < keys.size(); i++) {
      if (!(results.get(i) instanceof NotFound)) {
        return new FirstMatch(keys.get(i).key(), results.get(i));
      }
    }
    return new FirstMatch(last, new NotFound());
  }

  /**
   * Answers several keys with one statement, in their order. To be used only if the table {@link
   * #canAskTogether} afterwards.
   *
   * @param size for how many keys the statement is made, at least as many
   * @throws LookupFailure if any of them cannot be answered; it is not reported
   */
  List<LookupResult> together(List<BoundKey> keys, int size, Deadline deadline)
      throws LookupFailure {
    List<LookupResult> results =
        database.run((connection, node) -> union.ask(connection, node, keys, size), deadline);
    health.answered();
    return results;
  }

  /** Counts lookups whose failure was told by their node. */
  void unanswered(int count) {
    database.unanswered(count);
  }

  /** Tells whether the keys of several lookups can be asked for with one statement. */
  boolean canAskTogether() {
    return !networks && union.exact();
  }

  /** How long a statement may be for the driver to keep it prepared, in characters. */
  int keptLength() {
    return keptLength;
  }

  /** How long the statement for one key is, in characters. */
  int statementLength() {
    return query.statement().text().length();
  }
}
