package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.MySqlServer;

/** A MySQL server in a configuration that was imported from Postfix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlAsMariaDbTlsTest implements TlsContract {
  private final TlsServers servers;

  MySqlAsMariaDbTlsTest(@TempDir Path directory) throws SQLException {
    servers = new TlsServers(files -> MySqlServer.startWithTls(files).takenForMariaDb(), directory);
  }

  @AfterAll
  void close() {
    servers.close();
  }

  @Override
  public TlsServers servers() {
    return servers;
  }
}
