package org.sockmapd.testing;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL 17, with the binaries that the zonky project packs for Linux on x86-64. */
public final class PostgresServer {

  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String IMAGE = "postgres:17";

  private static final String ACCESS =
      """
      host all all 127.0.0.1/32 scram-sha-256
      """;
  private static final String ACCESS_WITH_TLS =
      """
      hostssl all tls_only         127.0.0.1/32 scram-sha-256
      hostssl all certificate_only 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
      host    all tls_only,certificate_only 127.0.0.1/32 reject
      """
          + ACCESS;

  /** Started by the first test that asks for it. */
  private static final class Shared {
    static final DatabaseServer SERVER = start();
  }

  private PostgresServer() {}

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
    return started(unit(ACCESS, List.of(settings)));
  }

  /**
   * A server that accepts connections with and without TLS.
   *
   * @see DatabaseServer#TLS_ONLY_USER
   * @see DatabaseServer#CERTIFICATE_ONLY_USER
   */
  public static DatabaseServer startWithTls(TlsFiles tls, String... settings) throws SQLException {
    Prerequisite.require(
        !DatabaseServer.inContainers(), "TLS is tested with the embedded PostgreSQL only");
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--ssl=on");
    all.add("--ssl_ca_file=" + tls.authority());
    all.add("--ssl_cert_file=" + tls.serverCertificate());
    all.add("--ssl_key_file=" + tls.serverKey());
    DatabaseServer server = started(unit(ACCESS_WITH_TLS, all));
    for (String user :
        List.of(DatabaseServer.TLS_ONLY_USER, DatabaseServer.CERTIFICATE_ONLY_USER)) {
      server.execute(
          "postgres",
          "create role %s superuser login password '%s'".formatted(user, DatabaseServer.PASSWORD));
    }
    return server;
  }

  private static DatabaseServer started(ServerUnit unit) {
    DatabaseServer server = new DatabaseServer(DatabaseKind.POSTGRESQL, unit);
    server.start();
    return server;
  }

  private static ServerUnit unit(String access, List<String> settings) {
    if (DatabaseServer.inContainers()) {
      Map<String, String> environment = Map.of("POSTGRES_PASSWORD", DatabaseServer.PASSWORD);
      return new ContainerUnit(IMAGE, 5432, environment, settings);
    }
    return embedded(access, settings);
  }

  private static EmbeddedUnit embedded(String access, List<String> settings) {
    Path prepared = prepared();
    Path directory = Directories.temporary("sockmapd-pg-");
    Path data = directory.resolve("data");
    Directories.copyTree(prepared.resolve("data"), data);
    int port = FreePort.choose();
    List<String> command = new ArrayList<>(unprivileged());
    command.add(prepared.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", "" + port));
    command.addAll(fixedSettings(directory, access));
    command.addAll(settings);
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "INT"));
  }

  private static List<String> fixedSettings(Path directory, String access) {
    Path accessFile = Directories.write(directory.resolve("pg_hba.conf"), access);
    return List.of(
        "--hba_file=" + accessFile,
        "--listen_addresses=127.0.0.1",
        "--unix_socket_directories=",
        // Only the machine's own death could lose data, never that of the server.
        "--fsync=off",
        "--full_page_writes=off",
        "--shared_buffers=32MB",
        "--max_connections=200",
        // Nothing of a killed server stays behind in /dev/shm.
        "--dynamic_shared_memory_type=mmap");
  }

  private static Path prepared() {
    URL archive = ServerArchive.find(ARCHIVE);
    return PreparedDirectory.named(
        "postgresql-" + Integer.toHexString(archive.toString().hashCode()),
        directory -> {
          ServerArchive.untar(archive, directory);
          initialise(directory);
        });
  }

  private static void initialise(Path directory) throws IOException {
    Path passwordFile = Files.writeString(directory.resolve("password"), DatabaseServer.PASSWORD);
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(
        List.of(
            directory.resolve("bin/initdb").toString(),
            "--pgdata=" + directory.resolve("data"),
            "--username=" + DatabaseKind.POSTGRESQL.superuser,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync"));
    Command.of(command).runOrFail();
  }

  // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, who owns all of
  // root's files.
  private static List<String> unprivileged() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("unshare", "--user")
        : List.of();
  }
}
