package org.sockmapd.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * A real database server for tests, listening on loopback only, that can be stopped, killed and
 * frozen. Made by {@link PostgresServer}, {@link MariaDbServer} and {@link MySqlServer}; each
 * starts once for all tests of a JVM as {@code shared()}, which a test must leave running, or as
 * one of the test's own as {@code start()}, which it must close.
 *
 * <p>With {@code -Dsockmapd.databases=testcontainers} the same come from Docker images. A server
 * ends with the JVM in any case, also when that is killed. Thread-safe.
 */
public final class DatabaseServer implements AutoCloseable {

  static final String MODE_PROPERTY = "sockmapd.databases";
  static final String PASSWORD = "secret";

  /**
   * A user with every right, who can log in over TLS only. There on servers that were started with
   * TLS.
   */
  public static final String TLS_ONLY_USER = "tls_only";

  /**
   * A user with every right, who must show a certificate of the CA as well. There on servers with
   * TLS.
   */
  public static final String CERTIFICATE_ONLY_USER = "certificate_only";

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  private final DatabaseKind kind;
  private final ServerUnit unit;

  DatabaseServer(DatabaseKind kind, ServerUnit unit) {
    this.kind = kind;
    this.unit = unit;
  }

  /** Whether the servers of this run are containers. */
  static boolean inContainers() {
    String mode = System.getProperty(MODE_PROPERTY, "embedded");
    return switch (mode) {
      case "embedded" -> false;
      case "testcontainers" -> true;
      default ->
          throw new IllegalArgumentException(
              "-D" + MODE_PROPERTY + "=" + mode + ": expected embedded or testcontainers");
    };
  }

  /** As the configuration calls it: {@code postgresql}, {@code mariadb} or {@code mysql}. */
  public String type() {
    return kind.type;
  }

  /**
   * The same server, taken for MySQL: what a configuration that names no type does with a MariaDB
   * server. Whoever started the server closes it.
   */
  public DatabaseServer takenForMySql() {
    return new DatabaseServer(DatabaseKind.MYSQL, unit);
  }

  /**
   * The same server, taken for MariaDB: what an import from Postfix does with a MySQL server.
   * Whoever started the server closes it.
   */
  public DatabaseServer takenForMariaDb() {
    return new DatabaseServer(DatabaseKind.MARIADB, unit);
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The same after a restart. */
  public int port() {
    return unit.port();
  }

  /** A user with every right. */
  public String username() {
    return kind.superuser;
  }

  /** The password of every user that the server comes with. */
  public String password() {
    return PASSWORD;
  }

  /** Without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:%s://%s:%d/%s".formatted(kind.jdbcScheme, host(), port(), database);
  }

  /** A new connection of the driver, in auto-commit mode. */
  public Connection connection(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username());
    properties.setProperty("password", password());
    if (kind != DatabaseKind.POSTGRESQL) {
      // MySQL 8 sends its key for the password; the network between is loopback.
      properties.setProperty("allowPublicKeyRetrieval", "true");
    }
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** A new, empty database in UTF-8 (utf8mb4); one of that name is dropped before. */
  public void createDatabase(String name) throws SQLException {
    execute(
        kind.ownDatabase, kind.dropDatabase.formatted(name), kind.createDatabase.formatted(name));
  }

  /** Runs statements one after the other on one connection. */
  public void execute(String database, String... sql) throws SQLException {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  /** The first column of the first row, as text. */
  public String single(String database, String query) throws SQLException {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new SQLException("no row: " + query);
      }
      return String.valueOf(rows.getString(1));
    }
  }

  /**
   * Starts it again after {@link #stop} or {@link #kill}, on the same port and data; returns once
   * it answers.
   */
  public void start() {
    unit.start();
    Polling.until(
        this::answers, unit::isAlive, START_PATIENCE, () -> type() + " did not start:\n" + log());
  }

  /** Stops it in order, cutting its connections. */
  public void stop() {
    unit.stop();
  }

  /** Ends it by SIGKILL, every process of it. */
  public void kill() {
    unit.kill();
  }

  /**
   * Freezes every process of it by SIGSTOP: the kernel still accepts connections, nobody answers on
   * them.
   */
  public void pause() {
    unit.pause();
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    unit.resume();
  }

  /** Ends it in any state and removes its data. */
  @Override
  public void close() {
    unit.close();
  }

  /** What the server wrote to its log. */
  public String log() {
    return unit.log();
  }

  private boolean answers() {
    try (Connection connection = connection(kind.ownDatabase)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }
}
