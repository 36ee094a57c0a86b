package org.sockmapd.lookup.sql;

import java.io.Serial;
import java.sql.SQLException;

/** No connection to a node: whatever the reason is, the node cannot be asked. */
final class NotConnected extends SQLException {
  @Serial private static final long serialVersionUID = 1L;

  NotConnected(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
  }
}
