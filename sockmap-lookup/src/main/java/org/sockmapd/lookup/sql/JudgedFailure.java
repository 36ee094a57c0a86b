package org.sockmapd.lookup.sql;

import java.io.Serial;
import java.sql.SQLException;

/** A failure of which is known what it says of its node, whatever it looks like. */
final class JudgedFailure extends SQLException {
  @Serial private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  JudgedFailure(FailureKind kind, SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }

  /** What failed in a driver or the pool, for those who read a log. */
  static SQLException origin(SQLException failure) {
    return failure instanceof JudgedFailure && failure.getCause() instanceof SQLException cause
        ? cause
        : failure;
  }
}
