package org.sockmapd.lookup.sql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one node, kept by HikariCP: it retires the idle and the old. A connection that
 * is missing is opened by the thread that needs it, not by the pool's own thread: the pool would
 * let a lookup wait a quarter of a second at least, and not say why, when a node refuses at once.
 * Those that are opened so count like the pool's own: all in all there are no more than the pool
 * may have, except that a probe has one more while it logs in, and but for moments.
 */
final class NodePool implements AutoCloseable {
  private static final Duration MIN_WAIT = Duration.ofMillis(250);
  private static final Duration MAX_IDLE = Duration.ofSeconds(60);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);
  private static final Duration MAX_UNUSED = MAX_IDLE.dividedBy(2);

  private final Dialect dialect;
  private final ConnectionOpener opener;
  private final OpenedConnections source;
  private final Duration connectTimeout;
  private final int maxSize;
  private final PoolThreads threads;
  private final HikariDataSource pool;
  private final @Nullable DatabaseFile file;
  private final Runnable forgetConnections = this::discardAll;
  private final AtomicInteger borrowing = new AtomicInteger();
  private final AtomicInteger opening = new AtomicInteger();

  /** How many have opened a connection that is on its way through the pool. */
  private final AtomicInteger arriving = new AtomicInteger();

  NodePool(
      DatabaseSettings settings,
      Dialect dialect,
      ConnectionOpener opener,
      String node,
      LongSupplier nanoTime) {
    this.dialect = dialect;
    this.opener = opener;
    this.connectTimeout = settings.connectTimeout();
    this.maxSize = settings.poolSize();
    this.source = new OpenedConnections(opener, connectTimeout, MAX_UNUSED, nanoTime);
    this.threads = new PoolThreads("sockmapd " + node);
    this.pool = unopened(settings, node);
    this.file = dialect.file();
    if (file != null) {
      file.add(forgetConnections);
    }
  }

  /** Opens with the first connection: a configuration that is only checked needs no pool. */
  private HikariDataSource unopened(DatabaseSettings settings, String node) {
    boolean file = settings.type() == DatabaseType.SQLITE;
    HikariDataSource config = new HikariDataSource();
    config.setPoolName("sockmapd " + node);
    config.setThreadFactory(threads);
    config.setDataSource(source);
    // The driver opened a file for reading only, and takes offence at being told otherwise.
    config.setReadOnly(file);
    config.setMaximumPoolSize(maxSize);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(Math.max(MIN_WAIT.toMillis(), connectTimeout.toMillis()));
    config.setValidationTimeout(MIN_WAIT.toMillis());
    config.setIdleTimeout(MAX_IDLE.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    if (file) {
      config.setKeepaliveTime(0); // No network forgets it.
    }
    // Left to itself the pool logs each broken connection with a stack trace; the node decides.
    config.setExceptionOverride(new KeepUntilDiscarded());
    return config;
  }

  /** Holds the file that the connections are to, if they are to one, as long as one is lent. */
  DatabaseFile.Use hold(Deadline deadline) throws SQLException {
    return file == null ? DatabaseFile.Use.NONE : file.use(deadline.remainingNanos());
  }

  /**
   * Lends a connection; {@link Connection#close} gives it back. To be called by no more threads at
   * a time than there are connections not lent.
   *
   * @throws JudgedFailure if there is none to be had
   */
  Connection borrow(Deadline deadline) throws JudgedFailure {
    int borrowers = borrowing.incrementAndGet();
    boolean opened = false;
    try {
      opened = free() < borrowers && claimRoom(borrowers) && open(deadline);
      return take(deadline);
    } finally {
      if (opened) {
        arriving.decrementAndGet();
      }
      borrowing.decrementAndGet();
    }
  }

  private Connection take(Deadline deadline) throws JudgedFailure {
    long millis = Math.min(pool.getConnectionTimeout(), deadline.remaining().toMillis());
    try {
      return pool.getHikariPoolMXBean() instanceof HikariPool opened && !pool.isClosed()
          ? opened.getConnection(millis)
          : pool.getConnection();
    } catch (SQLTransientConnectionException e) {
      // The time was over. Unless the pool failed to open one, those there are were all in use; and
      // it may tell of a failure of long ago.
      boolean busy =
          e.getCause() == null || dialect.full(e) || cutShort(Duration.ofMillis(millis), deadline);
      throw new JudgedFailure(busy ? FailureKind.TIMEOUT : FailureKind.NODE, e);
    } catch (SQLException e) {
      throw new JudgedFailure(FailureKind.NODE, e);
    }
  }

  /** Tells whether a connection could be lent now without one being opened. */
  boolean hasIdle() {
    return free() > 0;
  }

  private int free() {
    return count(HikariPoolMXBean::getIdleConnections) + source.waiting();
  }

  private int all() {
    return count(HikariPoolMXBean::getTotalConnections) + source.waiting();
  }

  /** Counts a connection that is being opened, unless those that are free or come are enough. */
  private synchronized boolean claimRoom(int borrowers) {
    int coming = opening.get();
    boolean claimed = free() + coming < borrowers && all() + coming < maxSize;
    opening.addAndGet(claimed ? 1 : 0);
    return claimed;
  }

  /** Opens a connection that was claimed; false if the node gives none beyond those it gave. */
  private boolean open(Deadline deadline) throws JudgedFailure {
    Duration time = shorter(connectTimeout, deadline.remaining());
    try {
      source.add(opener.open(time));
      arriving.incrementAndGet();
      return true;
    } catch (SQLException e) {
      boolean some = all() > 0 || opening.get() > 1 || arriving.get() > 0;
      if (!some || !dialect.full(e)) {
        throw new JudgedFailure(
            cutShort(time, deadline) ? FailureKind.TIMEOUT : FailureKind.NODE, e);
      }
      return false;
    } finally {
      opening.decrementAndGet();
    }
  }

  /** Tells whether time ran out that was far less than a node may take. */
  private boolean cutShort(Duration time, Deadline deadline) {
    long little = connectTimeout.toNanos() * 3 / 4;
    return time.toNanos() < little && deadline.remainingNanos() < time.toNanos() / 10;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /**
   * Opens a connection to see whether the node is there, and keeps it if the next lookup would have
   * to open one.
   */
  void probe() throws SQLException {
    Connection connection = opener.open(connectTimeout);
    if (free() == 0 && all() < maxSize && !pool.isClosed()) {
      source.add(connection);
    } else {
      closeQuietly(connection);
    }
  }

  /** Closes connections that nobody had a use for. To be called again and again. */
  void prune() {
    List<Connection> unused = new ArrayList<>();
    for (Connection next = unneeded(); next != null; next = unneeded()) {
      unused.add(next);
    }
    closeElsewhere(unused);
  }

  private @Nullable Connection unneeded() {
    // One that is just passing into the pool is not counted, so that there may be one too many.
    return all() > maxSize ? source.poll() : source.pollOld();
  }

  private int count(ToIntFunction<HikariPoolMXBean> which) {
    @Nullable HikariPoolMXBean opened = pool.getHikariPoolMXBean();
    return opened == null ? 0 : which.applyAsInt(opened);
  }

  /** Gives a connection back that must not be used again. */
  void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  /** Closes every connection: those in use when they are given back. */
  void discardAll() {
    @Nullable HikariPoolMXBean opened = pool.getHikariPoolMXBean();
    if (opened != null) {
      opened.softEvictConnections();
    }
    closeElsewhere(takeUnused());
  }

  /**
   * Not in the calling thread, which others wait for: a driver that says good-bye by TLS waits for
   * the answer of a node that gives none.
   */
  private static void closeElsewhere(List<Connection> unused) {
    if (!unused.isEmpty()) {
      Thread.ofPlatform()
          .daemon()
          .name("sockmapd-close")
          .start(() -> unused.forEach(NodePool::closeQuietly));
    }
  }

  private List<Connection> takeUnused() {
    List<Connection> unused = new ArrayList<>();
    for (Connection left = source.poll(); left != null; left = source.poll()) {
      unused.add(left);
    }
    return unused;
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      System.getLogger(NodePool.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection failed", e);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.remove(forgetConnections);
    }
    threads.wake();
    pool.close();
    takeUnused().forEach(NodePool::closeQuietly);
  }
}
