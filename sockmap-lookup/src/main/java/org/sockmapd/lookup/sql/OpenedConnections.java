package org.sockmapd.lookup.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
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
  private final long maxAgeNanos;
  private final LongSupplier nanoTime;
  private final ConcurrentLinkedQueue<Opened> opened = new ConcurrentLinkedQueue<>();

  /** A connection that nobody has used yet, and when it was opened. */
  private record Opened(Connection connection, long at) {}

  /**
   * @param timeout until when a connection must stand that is opened for the pool
   * @param maxAge how long one may wait for its first use; it has no other limit until then
   */
  OpenedConnections(
      ConnectionOpener opener, Duration timeout, Duration maxAge, LongSupplier nanoTime) {
    this.opener = opener;
    this.timeout = timeout;
    this.maxAgeNanos = maxAge.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Takes a connection that was opened, for the pool to take next. */
  void add(Connection connection) {
    opened.add(new Opened(connection, nanoTime.getAsLong()));
  }

  int waiting() {
    return opened.size();
  }

  /** Takes one that nobody has used yet, for whoever closes them. */
  @Nullable Connection poll() {
    Opened first = opened.poll();
    return first == null ? null : first.connection;
  }

  /** Takes one that has waited for too long, for whoever closes them. */
  @Nullable Connection pollOld() {
    Opened first = opened.peek();
    boolean old = first != null && nanoTime.getAsLong() - first.at > maxAgeNanos;
    return old && opened.remove(first) ? first.connection : null;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = poll();
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
