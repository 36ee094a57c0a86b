package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.PostgresServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTlsTest implements TlsContract {
  private final TlsServers servers;

  PostgresTlsTest(@TempDir Path directory) throws SQLException {
    servers = new TlsServers(PostgresServer::startWithTls, directory);
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
