package org.sockmapd.lookup.sql;

import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

class MySqlSeveralAddressesTest implements SeveralAddressesContract {
  @Override
  public DatabaseServer server() {
    return MySqlServer.shared();
  }
}
