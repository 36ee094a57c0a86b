package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;

class MariaDbBatchingTest implements BatchingContract {
  @Override
  public DatabaseServer server() {
    return MariaDbServer.shared();
  }

  @Override
  public String slowQuery() {
    return MySqlValues.SLOW_QUERY;
  }

  @Override
  public List<String[]> typedValues() {
    return MySqlValues.TYPED;
  }
}
