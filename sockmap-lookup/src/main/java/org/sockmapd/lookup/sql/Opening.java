package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens one connection for a pool. It has a thread of its own, and so more time than the lookups
 * that wait may have: to find out whether a node hangs, or why it refuses.
 */
final class Opening implements Runnable {
  /**
   * A node that is full without a connection of this pool's may have one soon: those of a
   * configuration that is being replaced are about to be closed.
   */
  private static final int FULL_TRIES = 20;

  private static final Duration FULL_PAUSE = Duration.ofMillis(50);

  private final NodePool pool;
  private final int generation;
  private final ConnectionOpener opener;
  private final Dialect dialect;
  private final Duration timeout;

  /**
   * @param generation the pool's generation of connections
   */
  Opening(
      NodePool pool, int generation, ConnectionOpener opener, Dialect dialect, Duration timeout) {
    this.pool = pool;
    this.generation = generation;
    this.opener = opener;
    this.dialect = dialect;
    this.timeout = timeout;
  }

  @Override
  public void run() {
    SQLException failure = new SQLException("a defect kept a connection from being opened");
    OpenConnection connection = null;
    try {
      connection = open();
    } catch (SQLException e) {
      failure = e;
    } finally {
      if (connection != null) {
        pool.opened(connection, generation);
      } else {
        pool.failed(failure, generation);
      }
    }
  }

  private OpenConnection open() throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return opener.open(timeout);
      } catch (SQLException e) {
        if (tries == FULL_TRIES || !dialect.full(e) || !pool.needsOnly(generation)) {
          throw e;
        }
        LockSupport.parkNanos(FULL_PAUSE.toNanos());
      }
    }
  }
}
