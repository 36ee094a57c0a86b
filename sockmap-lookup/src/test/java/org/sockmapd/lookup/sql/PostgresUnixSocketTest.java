package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.PostgresServer;

class PostgresUnixSocketTest implements UnixSocketContract {
  private static final String USER = System.getProperty("user.name");

  // The server may see this user as nobody, from within a user namespace.
  private static final String PEERS =
      """
      m nobody peer
      m %s peer
      """
          .formatted(USER);

  private static final String ACCESS =
      """
      local all peer peer map=m
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final Path directory;
  private final DatabaseServer server;

  PostgresUnixSocketTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.server =
        PostgresServer.start(
            "--unix_socket_directories=" + directory,
            "--hba_file=" + Files.writeString(directory.resolve("access"), ACCESS),
            "--ident_file=" + Files.writeString(directory.resolve("peers"), PEERS));
  }

  @Override
  public DatabaseServer server() {
    return server;
  }

  @Override
  public String host() {
    return "unix:" + directory.resolve(".s.PGSQL." + server.port());
  }

  @Override
  public String absentHost() {
    return directory.toString();
  }

  @Override
  public Path absentSocket() {
    return directory.resolve(".s.PGSQL.5432");
  }

  @Override
  public void createPeer() throws SQLException {
    server.execute(
        SCHEMA, "CREATE ROLE peer LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO peer");
  }

  @Override
  public String peer() {
    return "peer";
  }
}
