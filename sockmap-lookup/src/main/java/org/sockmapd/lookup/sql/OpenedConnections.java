package org.sockmapd.lookup.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where HikariCP gets its connections: those that lookups and probes have opened, else one that is
 * opened for it.
 */
final class OpenedConnections implements DataSource {
  /** How long the pool waits at its end for its own thread, which it complains of otherwise. */
  private static final int LOGIN_TIMEOUT_SECONDS = 1;

  private final ConnectionOpener opener;
  private final Duration timeout;
  private final ConcurrentLinkedQueue<Connection> opened = new ConcurrentLinkedQueue<>();

  OpenedConnections(ConnectionOpener opener, Duration timeout) {
    this.opener = opener;
    this.timeout = timeout;
  }

  /** Opens a connection, for the pool to take next. */
  void add(Duration within) throws SQLException {
    opened.add(opener.open(within));
  }

  int waiting() {
    return opened.size();
  }

  /** Takes one that nobody has used yet, for whoever closes them. */
  @Nullable Connection poll() {
    return opened.poll();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = opened.poll();
    return connection != null ? connection : opener.open(timeout);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the account is part of the settings");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // HikariCP asks for its own; the settings have said it already, to the millisecond.
  }

  @Override
  public int getLoginTimeout() {
    return LOGIN_TIMEOUT_SECONDS;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
