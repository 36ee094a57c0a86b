package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file by its name, which another file may take over at any time ({@code mv}). It is one
 * for the whole process, whatever number of databases uses it. Safe for use by many threads.
 *
 * <p>SQLite keeps its write-ahead log and the memory that its connections share in files beside the
 * database, and finds them by the database's name. So connections to two files of one name must not
 * be open in one process: the second truncates what the first has mapped, which ends the process
 * with SIGBUS. Whoever uses a connection {@linkplain #use holds} the file; a replaced file is
 * noticed before anything is asked, and all connections to the old one are closed before one to the
 * new one is opened.
 *
 * <p>A write-ahead log that was the replaced file's would be read as part of the new one. While it
 * is there the file cannot be used. See <a href="https://www.sqlite.org/howtocorrupt.html">How To
 * Corrupt An SQLite Database File</a>, 4.4 and 1.4.
 */
final class DatabaseFile {
  /** SQLITE_CANTOPEN. */
  private static final int CANNOT_OPEN = 14;

  /** By name. A name that nobody uses any more costs a few bytes until it is used again. */
  private static final ConcurrentHashMap<Path, DatabaseFile> FILES = new ConcurrentHashMap<>();

  private final Path name;
  private final Path log;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Runnable> pools = ConcurrentHashMap.newKeySet();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /** The file that connections may be open to; null until the first use. Written under the lock. */
  private volatile @Nullable Object opened;

  /** The write-ahead log that was last seen beside that file. */
  private volatile @Nullable Object openedLog;

  private DatabaseFile(Path name) {
    this.name = name;
    this.log = name.resolveSibling(name.getFileName() + "-wal");
  }

  /** Returns the file of a name, the same for each caller. */
  static DatabaseFile named(Path name) {
    return FILES.computeIfAbsent(canonical(name), DatabaseFile::new);
  }

  /** SQLite resolves links, too, before it appends to the name. */
  private static Path canonical(Path name) {
    try {
      return name.toRealPath();
    } catch (IOException e) {
      return name.toAbsolutePath().normalize(); // Not there yet.
    }
  }

  /** A use of connections to the file, by one thread. */
  @FunctionalInterface
  interface Use {
    /** Nothing to hold: the node is a server. */
    Use NONE = () -> {};

    void close();
  }

  /** Has a pool told to forget its connections, before they are closed. */
  void add(Runnable forgetConnections) {
    pools.add(forgetConnections);
  }

  void remove(Runnable forgetConnections) {
    pools.remove(forgetConnections);
  }

  /**
   * Takes note of a connection, opened during a {@link #use} and not used yet.
   *
   * @throws SQLException if the file was replaced meanwhile: the connection must be closed
   */
  void opened(Connection connection) throws SQLException {
    if (!isCurrent()) {
      throw replaced();
    }
    connections.removeIf(DatabaseFile::isClosed);
    connections.add(connection);
  }

  private SQLException replaced() {
    return new SQLException(name + " was replaced just now", null, CANNOT_OPEN);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Holds the file that has the name now. To be closed by the same thread, when it uses no
   * connection any more. May be nested.
   *
   * @param nanos how long to wait until all others let go of a replaced file
   * @throws SQLException if there is no such file, it cannot be used, or the time is over
   */
  Use use(long nanos) throws SQLException {
    lock(lock.readLock(), nanos);
    if (isCurrent()) {
      return lock.readLock()::unlock;
    }
    lock.readLock().unlock();
    if (lock.getReadHoldCount() > 0) {
      throw replaced(); // The outer use must end before the file can change.
    }
    lock(lock.writeLock(), nanos);
    try {
      if (!isCurrent()) {
        change();
      }
      lock.readLock().lock();
      return lock.readLock()::unlock;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void lock(Lock lock, long nanos) throws SQLException {
    try {
      if (!lock.tryLock(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
        throw new SQLTimeoutException("lookups in a file that was replaced did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTimeoutException("interrupted", e);
    }
  }

  /** The log is looked at first: it belongs to the file that has the name afterwards, too. */
  private boolean isCurrent() {
    Object known = opened;
    if (known == null) {
      return false;
    }
    Object seenLog = key(log);
    boolean same = known.equals(key(name));
    if (same && !Objects.equals(seenLog, openedLog)) {
      openedLog = seenLog;
    }
    return same;
  }

  private void change() throws SQLException {
    pools.forEach(Runnable::run);
    for (Connection connection : connections) {
      connection.close();
    }
    connections.clear();
    refuseLogOfReplacedFile();
    Object now = key(name);
    if (now == null) {
      throw new SQLException("no such file: " + name, null, CANNOT_OPEN);
    }
    openedLog = key(log);
    opened = now;
  }

  private void refuseLogOfReplacedFile() throws SQLException {
    Object now = key(log);
    if (opened != null && now != null && now.equals(openedLog) && log.toFile().length() > 0) {
      String problem =
          "%s belongs to the file that %s has replaced: remove it, and %s"
              .formatted(log, name, name + "-shm");
      throw new SQLException(problem, null, CANNOT_OPEN);
    }
  }

  /** What tells a file from another of its name; null where there is none. */
  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null; // SQLite could not open it either.
    }
  }
}
