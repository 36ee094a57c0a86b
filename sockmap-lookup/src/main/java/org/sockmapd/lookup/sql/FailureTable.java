package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the failures of one driver say, by error code and SQLSTATE; never by text, and not by the
 * class of the exception, which drivers choose by rules of their own. The most exact row counts: a
 * code before a state, a state before its class (its first two characters). A connection that broke
 * is a node's failure whatever the rows say.
 *
 * <p>Whoever writes a query can have it raise any state and code. So a row that blames the node is
 * a suspicion, until {@link Dialect#works} has had a look at the connection.
 */
final class FailureTable {
  private final Map<Integer, FailureKind> codes;
  private final Map<String, FailureKind> states;
  private final Map<String, FailureKind> driversOwn;
  private final FailureKind otherwise;

  private FailureTable(Builder builder) {
    this.codes = Map.copyOf(builder.codes);
    this.states = Map.copyOf(builder.states);
    this.driversOwn = Map.copyOf(builder.driversOwn);
    this.otherwise = builder.otherwise;
  }

  /**
   * Begins a table.
   *
   * @param otherwise what a failure says that is in no row
   */
  static Builder otherwise(FailureKind otherwise) {
    return new Builder(otherwise);
  }

  /** Finds what a failure says. */
  FailureKind kind(SQLException failure) {
    if (SqlFailures.brokeConnection(failure)) {
      return FailureKind.NODE;
    }
    int code = failure.getErrorCode();
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    if (state.isEmpty() && code <= 0 && failure instanceof SQLTimeoutException) {
      return FailureKind.TIMEOUT;
    }
    FailureKind byState = byState(state, code);
    return codes.getOrDefault(code, byState);
  }

  private FailureKind byState(String state, int code) {
    FailureKind byClass = states.getOrDefault(stateClass(state), otherwise);
    FailureKind byState = states.getOrDefault(state, byClass);
    if (code > 0) {
      return byState;
    }
    FailureKind ownByClass = driversOwn.getOrDefault(stateClass(state), byState);
    return driversOwn.getOrDefault(state, ownByClass);
  }

  private static String stateClass(String state) {
    return state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** Every row: what it is for, and what a failure says that fits it. For the tests. */
  Map<String, FailureKind> rows() {
    Map<String, FailureKind> rows = new TreeMap<>();
    codes.forEach((code, kind) -> rows.put("code " + code, kind));
    states.forEach((state, kind) -> rows.put("state " + state, kind));
    driversOwn.forEach((state, kind) -> rows.put("driver's own state " + state, kind));
    return rows;
  }

  /** Collects rows; a row that is there already is replaced. For use by one thread. */
  static final class Builder {
    private final Map<Integer, FailureKind> codes = new HashMap<>();
    private final Map<String, FailureKind> states = new HashMap<>();
    private final Map<String, FailureKind> driversOwn = new HashMap<>();
    private final FailureKind otherwise;

    private Builder(FailureKind otherwise) {
      this.otherwise = otherwise;
    }

    /** What error codes say, be they the server's or the driver's. */
    Builder codes(FailureKind kind, int... codes) {
      for (int code : codes) {
        this.codes.put(code, kind);
      }
      return this;
    }

    /** What states say, of five characters, or of two for a whole class. */
    Builder states(FailureKind kind, String... states) {
      for (String state : states) {
        this.states.put(state, kind);
      }
      return this;
    }

    /** What states say with which no code of the server's comes: the driver made them. */
    Builder driversOwn(FailureKind kind, String... states) {
      for (String state : states) {
        this.driversOwn.put(state, kind);
      }
      return this;
    }

    FailureTable build() {
      return new FailureTable(this);
    }
  }
}
