package org.sockmapd.lookup.sql;

import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

class PostgresSeveralAddressesTest implements SeveralAddressesContract {
  @Override
  public DatabaseServer server() {
    return PostgresServer.shared();
  }
}
