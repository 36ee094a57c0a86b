package org.sockmapd.lookup.sql;

import org.sockmapd.testing.DatabaseServer;

/** A MySQL server in a configuration that was imported from Postfix. */
class MySqlAsMariaDbFailureTest extends MySqlFailureTest {
  @Override
  public DatabaseServer server() {
    return super.server().takenForMariaDb();
  }
}
