package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one node, and the lookups that wait for one. A lookup gets whichever comes
 * first: a connection that another gives back, or one that is {@linkplain Opening opened}
 * meanwhile.
 *
 * <p>A node that holds connections is judged by what happens on those. One that it does not give
 * beside them tells how many it gives, whether it refuses or says nothing: a pooler or a proxy that
 * is full may do either. The others wait their turn, and at times another one is tried.
 */
final class NodePool implements AutoCloseable {
  private static final Duration MAX_IDLE = Duration.ofSeconds(60);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

  /** A node that has few to give gets those back soon that are not needed. */
  private static final Duration MAX_IDLE_OF_FEW = Duration.ofSeconds(2);

  /** Lifetimes differ by this part, so that not all end together. */
  private static final double SPREAD = 0.1;

  /**
   * As long as nobody has waited longer, a connection goes to whoever comes first, a running thread
   * rather than one that must be woken.
   */
  private static final long UNFAIR_NANOS = Duration.ofMillis(20).toNanos();

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Dialect dialect;
  private final ConnectionOpener opener;
  private final Listener listener;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final String node;
  private final Duration connectTimeout;
  private final int size;
  private final long maxInside;
  private final @Nullable DatabaseFile file;
  private final Runnable forgetConnections = this::forgetConnections;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition noneLent = lock.newCondition();
  private final Deque<PooledConnection> idle = new ArrayDeque<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private final ConnectionLimit limit;
  private int lent;
  private int opening;
  private boolean closed;

  /** Counts how often all connections were to be used no more. */
  private final AtomicInteger generation = new AtomicInteger();

  /** Why a connection was not given beside those held, if that is still to be told. */
  private @Nullable SQLException refusal;

  /** Whether one is idle; written under the lock. */
  private volatile boolean hasIdle;

  /** Hears of connections that were opened, or not, without a lookup's doing. */
  interface Listener {
    /** The node has given a connection. */
    void opened();

    /** The node gives no connection at all. */
    void gaveNone(SQLException cause);

    /** The node gave no more than these when another was tried. Called by {@link #tend} alone. */
    void gaveOnly(int connections, SQLException cause);
  }

  /** A lookup that waits. What becomes of it is written under the lock. */
  private static final class Waiter {
    private final Condition changed;
    private final long since;
    private @Nullable PooledConnection given;
    private @Nullable SQLException rejection;

    Waiter(Condition changed, long since) {
      this.changed = changed;
      this.since = since;
    }
  }

  NodePool(
      DatabaseSettings settings,
      Dialect dialect,
      ConnectionOpener opener,
      String node,
      Listener listener,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.dialect = dialect;
    this.opener = opener;
    this.node = node;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.random = random;
    this.connectTimeout = settings.connectTimeout();
    this.size = settings.poolSize();
    this.maxInside = (long) size + settings.maxWaiting();
    this.limit = new ConnectionLimit(size, nanoTime, random);
    this.file = dialect.file();
    if (file != null) {
      file.add(forgetConnections);
    }
  }

  /** Holds the file that the connections are to, if they are to one, as long as one is lent. */
  DatabaseFile.Use hold(Deadline deadline) throws SQLException {
    return file == null ? DatabaseFile.Use.NONE : file.use(deadline.remainingNanos());
  }

  /**
   * Lends a connection, which is to be given back. Waits for one if need be: where some are open,
   * for half of the time only, as the answer needs some too.
   *
   * @throws SQLException if there is none to be had
   */
  PooledConnection borrow(Deadline deadline) throws SQLException {
    @Nullable PooledConnection pooled;
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      pooled = takeIdle();
      pooled = pooled != null ? pooled : await(deadline);
    } finally {
      lock.unlock();
    }
    return pooled != null ? pooled : openOwn(deadline);
  }

  /** Opens a connection to a file, which the calling thread holds; it was counted. */
  private PooledConnection openOwn(Deadline deadline) throws SQLException {
    Duration time = deadline.remaining();
    @Nullable PooledConnection pooled = null;
    try {
      pooled = pooled(opener.open(time.compareTo(connectTimeout) < 0 ? time : connectTimeout));
      return pooled;
    } finally {
      lock.lock();
      try {
        opening--;
        lent += pooled != null ? 1 : 0;
        wakeFirst();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable PooledConnection takeIdle() {
    @Nullable PooledConnection latest = idle.pollLast();
    if (latest != null) {
      noteIdle();
      lent++;
    }
    return latest;
  }

  private void noteIdle() {
    if (hasIdle == idle.isEmpty()) {
      hasIdle = !hasIdle;
    }
  }

  /** Waits for a connection; null if the caller is to open its own. */
  private @Nullable PooledConnection await(Deadline deadline) throws JudgedFailure {
    if (closed) {
      throw refused(FailureKind.PASSING, new SQLTransientException("the database was closed"));
    }
    if (lent + waiters.size() >= maxInside) {
      throw refused(FailureKind.PASSING, new SQLTransientException("too many lookups wait"));
    }
    Waiter waiter = new Waiter(lock.newCondition(), nanoTime.getAsLong());
    waiters.add(waiter);
    try {
      openMissing();
      return await(waiter, deadline);
    } catch (InterruptedException e) {
      throw interrupted(waiter);
    } finally {
      waiters.remove(waiter);
      wakeFirst();
    }
  }

  private @Nullable PooledConnection await(Waiter waiter, Deadline deadline)
      throws JudgedFailure, InterruptedException {
    long time = deadline.remainingNanos();
    while (waiter.given == null) {
      if (waiter.rejection != null) {
        throw refused(FailureKind.NODE, waiter.rejection);
      }
      @Nullable PooledConnection free = takeIdle();
      if (free != null || mayOpenOwn()) {
        return free;
      }
      long left = (held() > 0 ? time / 2 : time) - (nanoTime.getAsLong() - waiter.since);
      if (left <= 0) {
        throw refused(
            FailureKind.TIMEOUT, new SQLTimeoutException("no connection became free in time"));
      }
      waiter.changed.awaitNanos(left);
    }
    return waiter.given;
  }

  /** Counts a connection to a file that the caller is to open, if there may be another. */
  private boolean mayOpenOwn() {
    boolean may = file != null && held() + opening < size;
    opening += may ? 1 : 0;
    return may;
  }

  private static JudgedFailure refused(FailureKind kind, SQLException why) {
    return new JudgedFailure(kind, why);
  }

  private JudgedFailure interrupted(Waiter waiter) {
    if (waiter.given != null) {
      lent--;
      put(waiter.given, nanoTime.getAsLong());
    }
    return interrupted();
  }

  private static JudgedFailure interrupted() {
    Thread.currentThread().interrupt();
    return refused(FailureKind.PASSING, new SQLTransientException("interrupted"));
  }

  /** Has the first of those who wait look again, if there may be something for it. */
  private void wakeFirst() {
    @Nullable Waiter first = waiters.peek();
    if (first != null && (!idle.isEmpty() || file != null)) {
      first.changed.signal();
    }
  }

  private int held() {
    return lent + idle.size();
  }

  /** Has a connection opened for everybody who waits, as far as the node gives some. */
  private void openMissing() {
    if (file != null) {
      wakeFirst();
      return;
    }
    while (!closed && opening < waiters.size() - idle.size() && limit.allows(held(), opening)) {
      startOpening();
    }
  }

  private void startOpening() {
    boolean started = false;
    opening++;
    try {
      Opening work = new Opening(this, generation.get(), opener, dialect, connectTimeout);
      Thread.ofPlatform().daemon().name("sockmapd-connect " + node).start(work);
      started = true;
    } finally {
      opening -= started ? 0 : 1;
    }
  }

  /** Tells whether lookups wait for the one connection that is being opened, and have no other. */
  boolean needsOnly(int begun) {
    lock.lock();
    try {
      boolean only = held() == 0 && opening == 1;
      return only && !waiters.isEmpty() && generation.get() == begun && !closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what an {@link Opening} opened.
   *
   * @param begun the generation of connections when it began
   */
  void opened(OpenConnection connection, int begun) {
    boolean kept;
    lock.lock();
    try {
      opening--;
      kept = begun == generation.get() && keep(connection);
      openMissing();
    } finally {
      lock.unlock();
    }
    if (!kept) {
      connection.close();
    }
    listener.opened();
  }

  private boolean keep(OpenConnection connection) {
    if (closed) {
      return false;
    }
    put(pooled(connection), nanoTime.getAsLong());
    limit.given(held());
    return true;
  }

  private PooledConnection pooled(OpenConnection connection) {
    double lifetime = MAX_LIFETIME.toNanos() * (1 - SPREAD * random.nextDouble());
    return new PooledConnection(
        connection, generation.get(), nanoTime.getAsLong() + (long) lifetime);
  }

  /**
   * An {@link Opening} failed.
   *
   * @param begun the generation of connections when it began
   */
  void failed(SQLException cause, int begun) {
    @Nullable List<Waiter> hopeless = null;
    lock.lock();
    try {
      opening--;
      if (held() + opening > 0) {
        limit.refused(held(), opening);
        refusal = cause;
      } else if (begun == generation.get() && !closed) {
        hopeless = List.copyOf(waiters);
      } else {
        openMissing();
      }
    } finally {
      lock.unlock();
    }
    if (hopeless != null) {
      gaveNone(cause, hopeless);
    }
  }

  /** Sends those away who waited, once it is known what is wrong with the node. */
  private void gaveNone(SQLException cause, List<Waiter> hopeless) {
    listener.gaveNone(cause);
    lock.lock();
    try {
      reject(hopeless, cause);
    } finally {
      lock.unlock();
    }
  }

  /** Has a connection lent to the first who has waited for long, or to whoever comes first. */
  private void put(PooledConnection connection, long now) {
    @Nullable Waiter first = waiters.peek();
    if (first != null && now - first.since > UNFAIR_NANOS) {
      waiters.remove();
      lent++;
      first.given = connection;
      first.changed.signal();
    } else {
      connection.idleSince = now;
      idle.add(connection);
      noteIdle();
      wakeFirst();
    }
  }

  /**
   * Takes a connection back.
   *
   * @param sound whether it may be used again
   */
  void giveBack(PooledConnection connection, boolean sound) {
    long now = nanoTime.getAsLong();
    boolean kept;
    lock.lock();
    try {
      lent--;
      kept =
          sound && !closed && connection.generation == generation.get() && connection.end - now > 0;
      if (kept) {
        put(connection, now);
      } else {
        openMissing();
      }
      if (lent == 0) {
        noneLent.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      end(connection, sound);
    }
  }

  private void end(PooledConnection connection, boolean sound) {
    if (sound || !dialect.networked()) {
      OpenConnection.closeAll(List.of(connection.connection()));
    } else {
      connection.connection().abort();
    }
  }

  /** Tells whether a connection could be lent now without one being opened. */
  boolean hasIdle() {
    return hasIdle;
  }

  /** Tells whether the node has given a connection that is still open. */
  boolean holdsAny() {
    lock.lock();
    try {
      return held() > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens a connection to see whether the node is there, and keeps it if the next lookup would have
   * to open one.
   *
   * @return false if the node is known to give no further one, and was not asked
   */
  boolean probe() throws SQLException {
    if (isFull()) {
      return false;
    }
    OpenConnection connection = opener.open(connectTimeout);
    boolean kept = false;
    lock.lock();
    try {
      kept = idle.isEmpty() && held() + opening < size && keep(connection);
    } finally {
      lock.unlock();
    }
    if (!kept) {
      connection.close();
    }
    return true;
  }

  private boolean isFull() {
    lock.lock();
    try {
      return limit.isBelowWanted() && held() >= limit.known();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes connections that nobody had a use for, tries more, and tells of a limit that was
   * learned. To be called again and again.
   */
  void tend() {
    List<OpenConnection> unneeded = new ArrayList<>();
    @Nullable SQLException why;
    int given;
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      while (!idle.isEmpty() && isUnneeded(idle.element(), now)) {
        unneeded.add(idle.remove().connection());
      }
      noteIdle();
      openMissing();
      why = opening == 0 && limit.isBelowWanted() ? refusal : null;
      refusal = opening == 0 ? null : refusal;
      given = limit.known();
    } finally {
      lock.unlock();
    }
    OpenConnection.closeAll(unneeded);
    if (why != null) {
      listener.gaveOnly(given, why);
    }
  }

  private boolean isUnneeded(PooledConnection oldest, long now) {
    Duration maxIdle = limit.isBelowWanted() ? MAX_IDLE_OF_FEW : MAX_IDLE;
    return now - oldest.idleSince > maxIdle.toNanos() || oldest.end - now <= 0;
  }

  /** Has no connection used again that is open now; those in use are closed when given back. */
  void forgetConnections() {
    lock.lock();
    try {
      generation.incrementAndGet();
    } finally {
      lock.unlock();
    }
    discardIdle();
  }

  /** Closes the connections that nobody uses. */
  void discardIdle() {
    OpenConnection.closeAll(takeAllIdle());
  }

  private List<OpenConnection> takeAllIdle() {
    List<OpenConnection> all = new ArrayList<>();
    lock.lock();
    try {
      idle.forEach(each -> all.add(each.connection()));
      idle.clear();
      noteIdle();
    } finally {
      lock.unlock();
    }
    return all;
  }

  /**
   * The node went out of use: sends all away who wait, and closes every connection, those in use
   * when they are given back.
   */
  void goOutOfUse(SQLException cause) {
    lock.lock();
    try {
      limit.forget();
      reject(waiters, cause);
    } finally {
      lock.unlock();
    }
    forgetConnections();
  }

  private static void reject(Iterable<Waiter> waiters, SQLException cause) {
    for (Waiter waiter : waiters) {
      waiter.rejection = cause;
      waiter.changed.signal();
    }
  }

  /** Waits until no connection is lent, or the time is over. */
  void awaitNoneLent(long maxNanos) throws InterruptedException {
    long left = maxNanos;
    lock.lockInterruptibly();
    try {
      while (lent > 0 && left > 0) {
        left = noneLent.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lends no more, and closes what is not lent. */
  @Override
  public void close() {
    if (file != null) {
      file.remove(forgetConnections);
    }
    lock.lock();
    try {
      closed = true;
      reject(waiters, new SQLTransientException("the database was closed"));
    } finally {
      lock.unlock();
    }
    Thread closer = OpenConnection.closeAll(takeAllIdle());
    try {
      if (closer.isAlive()) {
        closer.join(CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
