package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import java.util.stream.Stream;

/** What failures of all drivers have in common. What sets them apart is a {@link FailureTable}. */
final class SqlFailures {
  private static final int MAX_CAUSES = 10;

  private SqlFailures() {}

  /** Tells whether the connection is no more, by the only sure sign of it. */
  static boolean brokeConnection(SQLException failure) {
    return causes(failure).anyMatch(IOException.class::isInstance);
  }

  /** Tells whether time ran out, be it the server's patience or ours with the server. */
  static boolean ranOutOfTime(SQLException failure) {
    return failure instanceof SQLTimeoutException || silent(failure);
  }

  /** Tells whether the server did not answer at all. */
  static boolean silent(SQLException failure) {
    return causes(failure).anyMatch(SocketTimeoutException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }
}
