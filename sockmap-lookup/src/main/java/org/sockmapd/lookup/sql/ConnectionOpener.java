package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.sockets.DriverSockets;
import org.sockmapd.lookup.sockets.DriverSockets.Source;

/** Opens connections to one node, each ready for lookups. */
final class ConnectionOpener {
  private final Dialect dialect;
  private final String node;
  private final Duration statementTimeout;
  private final Duration silence;
  private final Consumer<String> protectionChanged;

  /** Where the node is; null for a file and a UNIX socket. */
  private final @Nullable HostAddresses addresses;

  /** The UNIX socket that the node is; null for others. */
  private final @Nullable Path socket;

  private final int port;
  private volatile NodeRole role = NodeRole.UNKNOWN;

  /** How the last connection was protected; empty before there was one. */
  private volatile String protection = "";

  /** Whether the node turned out to offer no TLS, to a driver that must be told. */
  private volatile boolean plain;

  /** Whether a session turned out to be another client's too. */
  private volatile boolean shared;

  ConnectionOpener(DatabaseSettings settings, Dialect dialect, String node) {
    this(settings, dialect, node, protection -> {});
  }

  /**
   * @param protectionChanged hears how connections are protected, when that is otherwise than
   *     before
   */
  ConnectionOpener(
      DatabaseSettings settings, Dialect dialect, String node, Consumer<String> protectionChanged) {
    this.protectionChanged = protectionChanged;
    this.dialect = dialect;
    this.node = node;
    this.statementTimeout = settings.statementTimeout();
    this.silence = settings.nodeShare();
    boolean file = settings.type() == DatabaseType.SQLITE;
    NodeAddress address = file ? null : NodeAddress.parse(node, settings.type().defaultPort());
    this.socket = address == null ? null : address.socket().orElse(null);
    this.addresses =
        address == null || socket != null
            ? null
            : new HostAddresses(address.host(), settings.resolver());
    this.port = address == null ? 0 : address.port();
  }

  /** How the last connection was protected, such as {@code TLSv1.3}; empty for a file. */
  String protection() {
    return protection;
  }

  /** What the node said it is when a connection was last opened. */
  NodeRole role() {
    return role;
  }

  /** Tells whether a session of the node turned out to be another client's too. */
  boolean sharesSessions() {
    return shared;
  }

  /**
   * Notes that a session of the node turned out to be another client's too. What was kept in those
   * that are open is not to be relied on, and nothing is kept in those that are opened from now on.
   *
   * @return whether this was new
   */
  synchronized boolean noteSharedSessions() {
    boolean before = shared;
    shared = true;
    return !before;
  }

  /**
   * Opens a connection.
   *
   * @param timeout how long the node may be silent at each step of it
   */
  OpenConnection open(Duration timeout) throws SQLException {
    DatabaseFile.Use held = hold(timeout);
    try {
      return openHeld(timeout);
    } finally {
      held.close();
    }
  }

  private DatabaseFile.Use hold(Duration timeout) throws SQLException {
    DatabaseFile file = dialect.file();
    return file == null ? DatabaseFile.Use.NONE : file.use(timeout.toNanos());
  }

  private OpenConnection openHeld(Duration timeout) throws SQLException {
    try {
      return openSomewhere(timeout);
    } catch (JudgedFailure e) {
      if (e.kind() != FailureKind.SHARED) {
        throw e;
      }
      var unused = noteSharedSessions();
      return openSomewhere(timeout);
    }
  }

  private OpenConnection openSomewhere(Duration timeout) throws SQLException {
    if (socket != null) {
      return open(timeout, () -> DriverSockets.unix(socket, timeout));
    }
    return addresses == null ? open(timeout, null) : openAnywhere(timeout, addresses);
  }

  /** Tries the addresses of the host, each but those that turned out to be of no use. */
  private OpenConnection openAnywhere(Duration timeout, HostAddresses host) throws SQLException {
    List<InetAddress> left = resolve(host);
    while (true) {
      AddressRoute route = new AddressRoute(left, port, timeout, dialect.asksSilentServersAgain());
      try {
        OpenConnection connection = open(timeout, route);
        route.reached().ifPresent(host::worked);
        return connection;
      } catch (SQLException e) {
        left = route.others();
        if (left.isEmpty() || !isOfThisAddress(e)) {
          throw e;
        }
      }
    }
  }

  private static List<InetAddress> resolve(HostAddresses host) throws SQLException {
    try {
      return host.now();
    } catch (UnknownHostException e) {
      throw new SQLException("unknown host", "08001", e);
    }
  }

  private boolean isOfThisAddress(SQLException failure) {
    FailureKind kind = dialect.kind(failure);
    return kind == FailureKind.NODE || kind == FailureKind.FULL;
  }

  private OpenConnection open(Duration timeout, @Nullable Source route) throws SQLException {
    OpenConnection connection = connect(timeout, route);
    try {
      DatabaseFile file = dialect.file();
      if (file != null) {
        file.opened(connection.jdbc());
      }
      role = dialect.begin(connection.jdbc(), statementTimeout, shared);
      if (dialect.networked()) {
        connection.jdbc().setNetworkTimeout(Runnable::run, (int) silence.toMillis());
        noteProtection(connection.jdbc());
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  private void noteProtection(Connection connection) throws SQLException {
    String encryption = dialect.encryption(connection);
    String plainly = isThisMachine() ? "not encrypted, on this machine" : "not encrypted";
    String now = encryption.isEmpty() ? plainly : encryption;
    if (!now.equals(protection)) {
      protection = now;
      protectionChanged.accept(now);
    }
  }

  private boolean isThisMachine() {
    return NodeAddress.parse(node, dialect.type().defaultPort()).isLoopback();
  }

  private OpenConnection connect(Duration timeout, @Nullable Source route) throws SQLException {
    if (socket != null) {
      return connect(timeout, route, true); // Nobody is between.
    }
    boolean known = plain;
    try {
      return connect(timeout, route, known);
    } catch (SQLException e) {
      plain = false; // It may be another server, or ask for TLS now.
      if (known || !dialect.mayOfferNoTls(e)) {
        throw e;
      }
      return connectWithoutTls(timeout, route, e);
    }
  }

  private OpenConnection connectWithoutTls(
      Duration timeout, @Nullable Source route, SQLException refusal) throws SQLException {
    try {
      OpenConnection connection = connect(timeout, route, true);
      plain = true;
      return connection;
    } catch (SQLException e) {
      e.addSuppressed(refusal);
      throw e;
    }
  }

  private OpenConnection connect(Duration timeout, @Nullable Source route, boolean withoutTls)
      throws SQLException {
    try (DriverOptions options = new DriverOptions();
        DriverSockets sockets = DriverSockets.from(route)) {
      dialect.configure(options, timeout, withoutTls);
      if (shared) {
        dialect.share(options);
      }
      return new OpenConnection(dialect.connect(node, options), sockets.latest());
    } catch (IOException | GeneralSecurityException e) {
      throw new SQLException("TLS cannot be set up: " + e, "08001", e);
    }
  }

  private static void closeAfter(Exception failure, OpenConnection connection) {
    if (failure instanceof SQLException e && SqlFailures.silent(e)) {
      connection.abort(); // It would not answer to a good-bye either.
    } else {
      connection.close();
    }
  }
}
