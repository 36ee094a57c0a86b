package org.sockmapd.lookup.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.MySqlServer;

class MySqlUnixSocketTest implements UnixSocketContract {
  private final Path directory;
  private final DatabaseServer server;

  MySqlUnixSocketTest(@TempDir Path directory) {
    this.directory = directory;
    this.server = MySqlServer.start("--socket=" + directory.resolve("s"));
  }

  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public String host() {
    return "unix:" + directory.resolve("s");
  }

  @Override
  public String absentHost() {
    return absentSocket().toString();
  }

  @Override
  public Path absentSocket() {
    return directory.resolve("absent");
  }

  /** These programs of MySQL come without auth_socket, which to a client is the same as this. */
  @Override
  public void createPeer() throws SQLException {
    server.execute(
        SCHEMA,
        "CREATE USER 'peer'@'localhost' IDENTIFIED BY ''",
        "GRANT SELECT ON " + SCHEMA + ".* TO 'peer'@'localhost'");
  }

  @Override
  public String peer() {
    return "peer";
  }
}
