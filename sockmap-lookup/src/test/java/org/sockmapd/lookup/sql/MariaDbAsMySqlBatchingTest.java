package org.sockmapd.lookup.sql;

import org.sockmapd.testing.DatabaseServer;

/** A MariaDB server in a configuration that names no type. */
class MariaDbAsMySqlBatchingTest extends MariaDbBatchingTest {
  @Override
  public DatabaseServer server() {
    return super.server().takenForMySql();
  }
}
