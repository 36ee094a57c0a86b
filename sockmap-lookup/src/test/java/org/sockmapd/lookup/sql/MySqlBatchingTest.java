package org.sockmapd.lookup.sql;

import java.util.List;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

class MySqlBatchingTest implements BatchingContract {
  @Override
  public DatabaseServer server() {
    return MySqlServer.shared();
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
