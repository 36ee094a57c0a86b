package org.sockmapd.testing;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The embedded PostgreSQL: unpacked and initialised once, and run as often as is asked for. */
final class PostgresInstallation {

  private static final String ARCHIVE = "postgres-linux-x86_64.txz";

  private static final String DATA = "data";

  private PostgresInstallation() {}

  /**
   * A server on its own copy of the data.
   *
   * @param access the lines of pg_hba.conf
   * @param settings arguments, each {@code --name=value}
   * @param signals empty files that its data directory holds at the first start
   */
  static EmbeddedUnit unit(String access, List<String> settings, Set<String> signals) {
    Path prepared = prepared();
    Path directory = Directories.temporary("sockmapd-pg-");
    Path data = directory.resolve(DATA);
    Directories.copyTree(prepared.resolve("data"), data);
    signals.forEach(signal -> Directories.write(data.resolve(signal), ""));
    int port = FreePort.choose();
    List<String> command = new ArrayList<>(unprivileged());
    command.add(prepared.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", "" + port));
    command.addAll(fixedSettings(directory, access));
    command.addAll(settings);
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "INT"));
  }

  /** Where a unit that was made here keeps its data. */
  static Path data(EmbeddedUnit unit) {
    return unit.directory().resolve(DATA);
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
  static List<String> unprivileged() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("unshare", "--user")
        : List.of();
  }
}
