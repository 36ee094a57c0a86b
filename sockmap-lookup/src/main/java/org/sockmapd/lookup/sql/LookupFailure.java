package org.sockmapd.lookup.sql;

import java.io.Serial;
import java.sql.SQLException;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;

/** A lookup that got no answer, with the node and the cause for the log. */
final class LookupFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String node;
  private final Exception failure;

  LookupFailure(FailureKind kind, String node, Exception failure) {
    // Thrown for every lookup while a database is down: the stack of the cause tells enough.
    super(failure.getMessage(), failure, false, false);
    this.kind = kind;
    this.node = node;
    this.failure = failure;
  }

  FailureKind kind() {
    return kind;
  }

  String node() {
    return node;
  }

  Exception failure() {
    return failure;
  }

  /** What went wrong, for an administrator. */
  FailureReason reason() {
    return FailureReason.of(failure);
  }

  /** Tells whether the next node may do better. */
  boolean worthTryingElsewhere() {
    return switch (kind) {
      case NODE, TIMEOUT, PASSING, FULL, SESSION, SHARED -> true;
      case ALL_DOWN, KEY, QUERY -> false;
    };
  }

  /** What the mail system is told, without a word of the database's. */
  LookupResult toResult() {
    return switch (kind) {
      case ALL_DOWN -> new TemporaryFailure("database unavailable");
      case TIMEOUT -> new TimedOut("lookup timed out");
      case NODE ->
          ranOutOfTime()
              ? new TimedOut("lookup timed out")
              : new TemporaryFailure("database unavailable");
      case PASSING, FULL, SESSION, SHARED, KEY, QUERY -> new TemporaryFailure("lookup failed");
    };
  }

  private boolean ranOutOfTime() {
    return failure instanceof SQLException e && SqlFailures.ranOutOfTime(e);
  }
}
