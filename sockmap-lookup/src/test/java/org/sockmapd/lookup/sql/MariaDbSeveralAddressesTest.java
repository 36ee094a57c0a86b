package org.sockmapd.lookup.sql;

import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;

class MariaDbSeveralAddressesTest implements SeveralAddressesContract {
  @Override
  public DatabaseServer server() {
    return MariaDbServer.shared();
  }
}
