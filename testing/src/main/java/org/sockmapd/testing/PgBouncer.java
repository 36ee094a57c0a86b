package org.sockmapd.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's PgBouncer in front of a PostgreSQL server, listening on loopback only. Every role of the
 * server can log in through it with its own password, to every database. It ends with the JVM in
 * any case. Thread-safe.
 */
public final class PgBouncer implements AutoCloseable {

  /** For how long a client has a server's connection to itself. */
  public enum PoolMode {
    SESSION,
    TRANSACTION,
    STATEMENT
  }

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final DatabaseServer server;
  private final EmbeddedUnit unit;

  private PgBouncer(DatabaseServer server, EmbeddedUnit unit) {
    this.server = server;
    this.unit = unit;
  }

  /**
   * Starts one in front of a server, which must run; the calling test is skipped where PgBouncer is
   * not installed (see {@link Prerequisite}).
   *
   * @param settings lines of its file, such as {@code default_pool_size = 2}
   */
  public static PgBouncer start(DatabaseServer server, PoolMode mode, String... settings) {
    PgBouncer pooler = new PgBouncer(server, unit(server, mode, List.of(settings)));
    pooler.start();
    return pooler;
  }

  private static EmbeddedUnit unit(DatabaseServer server, PoolMode mode, List<String> settings) {
    String program = ExecutablePath.find("pgbouncer").map(Path::toString).orElse("");
    Prerequisite.require(!program.isEmpty(), "these tests need PgBouncer (Debian's pgbouncer)");
    Path directory = Directories.temporary("sockmapd-pgbouncer-");
    int port = FreePort.choose();
    Directories.write(
        directory.resolve("users"),
        "\"%s\" \"%s\"\n".formatted(server.username(), server.password()));
    Path file =
        Directories.write(
            directory.resolve("pgbouncer.ini"), file(server, mode, directory, port, settings));
    // It refuses to run as root, as PostgreSQL does.
    List<String> command =
        Stream.concat(
                PostgresInstallation.unprivileged().stream(), Stream.of(program, file.toString()))
            .toList();
    return new EmbeddedUnit(new EmbeddedUnit.Recipe(directory, port, command, "TERM"));
  }

  private static String file(
      DatabaseServer server, PoolMode mode, Path directory, int port, List<String> settings) {
    return """
    [databases]
    * = host=%s port=%d auth_user=%s
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = %d
    unix_socket_dir =
    auth_type = scram-sha-256
    auth_file = %s
    pool_mode = %s
    server_login_retry = 1
    """
            .formatted(
                server.host(),
                server.port(),
                server.username(),
                port,
                directory.resolve("users"),
                mode.name().toLowerCase(Locale.ROOT))
        + settings.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The same after a restart. */
  public int port() {
    return unit.port();
  }

  /**
   * A new connection of PostgreSQL's driver to a database behind it, as the server's superuser.
   *
   * @param options of the driver, each {@code name=value}
   */
  public Connection connection(String database, String... options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.username());
    properties.setProperty("password", server.password());
    for (String option : options) {
      int end = option.indexOf('=');
      properties.setProperty(option.substring(0, end), option.substring(end + 1));
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database), properties);
  }

  /** Starts it again after {@link #stop} or {@link #kill}; returns once it answers. */
  public void start() {
    unit.start();
    Polling.until(
        this::answers, unit::isAlive, START_PATIENCE, () -> "no PgBouncer:\n" + unit.log());
  }

  private boolean answers() {
    // Its own console says that it is of version 1, for which the driver sets what it does not
    // have.
    try (Connection connection = connection(DatabaseKind.POSTGRESQL.ownDatabase)) {
      return !connection.isClosed();
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Stops it at once, cutting all connections, to clients and to the server. */
  public void stop() {
    unit.stop();
  }

  /** Ends it by SIGKILL. */
  public void kill() {
    unit.kill();
  }

  /** Freezes it by SIGSTOP: the kernel still accepts connections, nobody answers on them. */
  public void pause() {
    unit.pause();
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    unit.resume();
  }

  /** What it wrote to its log. */
  public String log() {
    return unit.log();
  }

  /** Ends it in any state. */
  @Override
  public void close() {
    unit.close();
  }
}
