package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.sockmapd.testing.MySqlServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlFailoverTest implements FailoverContract {
  private final TwoWays ways = new TwoWays(MySqlServer.shared());

  MySqlFailoverTest() throws SQLException {}

  @Override
  public TwoWays ways() {
    return ways;
  }

  @AfterAll
  void close() {
    ways.close();
  }
}
