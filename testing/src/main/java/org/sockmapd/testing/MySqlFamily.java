package org.sockmapd.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What MariaDB and MySQL have in common: the way their server is started. */
final class MySqlFamily {

  private static final List<String> SETTINGS =
      List.of(
          "--no-defaults",
          "--user=" + System.getProperty("user.name"),
          "--bind-address=127.0.0.1",
          "--skip-name-resolve",
          "--skip-log-bin",
          "--character-set-server=utf8mb4",
          "--performance-schema=OFF",
          "--max-connections=200",
          // Only the machine's own death could lose data, never that of the server.
          "--innodb-flush-method=nosync",
          "--innodb-flush-log-at-trx-commit=0",
          "--innodb-doublewrite=0",
          "--innodb-buffer-pool-size=32M");

  // MariaDB's more specific root would come before this one.
  static final String ACCESS =
      """
      drop user if exists 'root'@'127.0.0.1';
      create user if not exists 'root'@'%' identified by 'secret';
      grant all on *.* to 'root'@'%' with grant option;
      """;

  private MySqlFamily() {}

  /**
   * A unit that runs a server on a copy of the data under {@code home}.
   *
   * @param access statements, each on a line, that run at every start before the server listens
   * @param dataFiles texts that its data directory holds at the first start, by name
   * @param settings arguments, each {@code --name=value}
   */
  static EmbeddedUnit embedded(
      Path home,
      String program,
      String access,
      Map<String, String> dataFiles,
      List<String> settings) {
    Path directory = Directories.temporary("sockmapd-my-");
    Path data = directory.resolve("data");
    Directories.copyTree(home.resolve("data"), data);
    dataFiles.forEach((name, text) -> Directories.write(data.resolve(name), text));
    Path accessFile = Directories.write(directory.resolve("access.sql"), access);
    int port = FreePort.choose();
    List<String> command = new ArrayList<>();
    command.add(home.resolve(program).toString());
    command.addAll(SETTINGS);
    command.addAll(
        List.of(
            "--basedir=" + home,
            "--lc-messages-dir=" + home.resolve("share"),
            "--datadir=" + data,
            "--tmpdir=" + directory,
            "--init-file=" + accessFile,
            "--port=" + port,
            "--socket=" + directory.resolve("socket"),
            "--pid-file=" + directory.resolve("pid")));
    command.addAll(settings);
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "TERM"));
  }

  static ServerUnit container(String image, List<String> settings) {
    Map<String, String> environment =
        Map.of(
            "MYSQL_ROOT_PASSWORD",
            DatabaseServer.PASSWORD,
            "MARIADB_ROOT_PASSWORD",
            DatabaseServer.PASSWORD);
    return new ContainerUnit(image, 3306, environment, settings);
  }

  static List<String> tlsSettings(TlsFiles tls) {
    return List.of(
        "--ssl-ca=" + tls.authority(),
        "--ssl-cert=" + tls.serverCertificate(),
        "--ssl-key=" + tls.serverKey());
  }

  static void createTlsUsers(DatabaseServer server) throws SQLException {
    createUser(server, DatabaseServer.TLS_ONLY_USER, "ssl");
    createUser(server, DatabaseServer.CERTIFICATE_ONLY_USER, "x509");
  }

  private static void createUser(DatabaseServer server, String name, String required)
      throws SQLException {
    server.execute(
        "mysql",
        "create user '%s'@'%%' identified by '%s' require %s"
            .formatted(name, DatabaseServer.PASSWORD, required),
        "grant all on *.* to '%s'@'%%'".formatted(name));
  }
}
