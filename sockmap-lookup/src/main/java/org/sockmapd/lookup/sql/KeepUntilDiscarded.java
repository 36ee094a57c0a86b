package org.sockmapd.lookup.sql;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Has the pool keep a connection whatever happens on it: its node knows better what that means. */
final class KeepUntilDiscarded implements SQLExceptionOverride {

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return SQLExceptionOverride.Override.DO_NOT_EVICT;
  }
}
