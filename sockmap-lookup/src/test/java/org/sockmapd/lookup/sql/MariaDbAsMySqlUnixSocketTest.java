package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MariaDbServer;

/** By MySQL's driver. */
class MariaDbAsMySqlUnixSocketTest implements UnixSocketContract {
  private final Path directory;
  private final DatabaseServer server;

  MariaDbAsMySqlUnixSocketTest(@TempDir Path directory) {
    this.directory = directory;
    this.server = MariaDbServer.start("--socket=" + directory.resolve("s")).takenForMySql();
  }

  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public String host() {
    return directory.resolve("s").toString();
  }

  @Override
  public String absentHost() {
    return "unix:" + absentSocket();
  }

  @Override
  public Path absentSocket() {
    return directory.resolve("absent");
  }

  @Override
  public void createPeer() throws SQLException {
    String account = "'" + System.getProperty("user.name") + "'@'localhost'";
    server.execute(
        SCHEMA,
        "CREATE OR REPLACE USER " + account + " IDENTIFIED VIA unix_socket",
        "GRANT SELECT ON " + SCHEMA + ".* TO " + account);
  }

  @Override
  public String peer() {
    return "";
  }
}
