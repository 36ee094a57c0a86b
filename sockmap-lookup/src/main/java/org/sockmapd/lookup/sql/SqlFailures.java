package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells failures apart by class, cause and SQLSTATE; never by their text. */
final class SqlFailures {
  private static final int MAX_CAUSES = 10;
  private static final Set<String> SHUTTING_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");

  private SqlFailures() {}

  /** Sorts a failure by what all databases have in common. */
  static FailureKind kind(SQLException failure) {
    if (brokeConnection(failure)) {
      return FailureKind.NODE;
    }
    if (failure instanceof SQLTimeoutException) {
      return FailureKind.TIMEOUT;
    }
    return byState(Objects.requireNonNullElse(failure.getSQLState(), ""));
  }

  private static FailureKind byState(String state) {
    if (state.equals("57014")) {
      return FailureKind.TIMEOUT;
    }
    if (state.startsWith("08") || SHUTTING_DOWN.contains(state)) {
      return FailureKind.NODE;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "25", "40", "53", "55", "58", "XX" -> FailureKind.PASSING;
      case "22" -> FailureKind.KEY;
      default -> FailureKind.QUERY;
    };
  }

  private static boolean brokeConnection(SQLException failure) {
    return failure instanceof SQLRecoverableException
        || failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLTransientConnectionException
        || causes(failure).anyMatch(IOException.class::isInstance);
  }

  /** Tells whether time ran out, be it the server's patience or ours with the server. */
  static boolean ranOutOfTime(SQLException failure) {
    return failure instanceof SQLTimeoutException
        || kind(failure) == FailureKind.TIMEOUT
        || silent(failure);
  }

  /** Tells whether the server did not answer at all. */
  static boolean silent(SQLException failure) {
    return causes(failure).anyMatch(SocketTimeoutException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }
}
