package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;

/**
 * One host of a database: its connections, and whether it is in use. It goes out of use when it
 * cannot be asked, and comes back when it answers a probe. A node that has been silent for a while
 * with a lookup waiting on it is suspect: others are asked first, and it is probed.
 */
final class Node implements AutoCloseable {
  private final String name;
  private final Dialect dialect;
  private final LookupEvents events;
  private final LongSupplier nanoTime;
  private final Duration share;
  private final long suspectAfterNanos;
  private final long statementNanos;
  private final ConnectionOpener opener;
  private final NodePool pool;
  private final Leases leases;
  private final NodeProbe probe;

  /** Why the node is out of use; null while it is in use. */
  private final AtomicReference<@Nullable SQLException> outage = new AtomicReference<>();

  private final AtomicInteger outages = new AtomicInteger();
  private volatile long lastAnswer;
  private volatile boolean recovering;

  Node(
      String name,
      DatabaseSettings settings,
      LookupEvents events,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.name = name;
    this.dialect = Dialect.of(settings);
    this.events = events;
    this.nanoTime = nanoTime;
    this.share = settings.nodeShare();
    this.suspectAfterNanos = settings.suspectAfter().toNanos();
    this.statementNanos = settings.statementTimeout().toNanos();
    this.leases = new Leases(settings, dialect);
    this.opener =
        new ConnectionOpener(settings, dialect, name, how -> events.nodeConnected(name, how));
    this.pool = new NodePool(settings, dialect, opener, name, new Openings(), nanoTime, random);
    Backoff backoff = new Backoff(settings.minProbeInterval(), settings.maxProbeInterval(), random);
    this.probe = new NodeProbe(name, backoff, this::ask, () -> outage.get() != null);
    this.lastAnswer = nanoTime.getAsLong();
  }

  /** What the pool finds out while it opens connections. */
  private final class Openings implements NodePool.Listener {
    private static final Duration REPORT_PAUSE = Duration.ofMinutes(10);

    private boolean reported;
    private long reportedAt;

    /** No end of an outage, which may have begun since: the probe sees to that. */
    @Override
    public void opened() {
      lastAnswer = nanoTime.getAsLong();
    }

    @Override
    public void gaveNone(SQLException cause) {
      goDown(outages.get(), cause);
    }

    @Override
    public void gaveOnly(int connections, SQLException cause) {
      long now = nanoTime.getAsLong();
      if (!reported || now - reportedAt > REPORT_PAUSE.toNanos()) {
        reported = true;
        reportedAt = now;
        events.connectionsLimited(name, connections, cause);
      }
    }
  }

  String name() {
    return name;
  }

  /** How the last connection was protected. */
  String protection() {
    return opener.protection();
  }

  NodeRole role() {
    return opener.role();
  }

  /** Why the node is out of use, or null while it is in use. */
  @Nullable SQLException outage() {
    return outage.get();
  }

  /** Tells whether the node should be asked only if there is no better one. */
  boolean suspect() {
    long now = nanoTime.getAsLong();
    return now - lastAnswer > suspectAfterNanos && leases.anyLongerThan(suspectAfterNanos, now);
  }

  /** Tells whether the node could be asked now on a connection that is open and free. */
  boolean hasIdleConnection() {
    return pool.hasIdle();
  }

  /** Looks after lookups that get no answer, and unused connections; called again and again. */
  void watch() {
    if (outage.get() == null && suspect()) {
      probe.once();
    }
    leases.interruptLate(nanoTime.getAsLong());
    pool.tend();
  }

  /**
   * Does the work on a connection to this node.
   *
   * @param deadline when this node's share of the time is over
   * @throws LookupFailure if this node did not do it
   */
  <R> R attempt(NodeWork<R> work, Deadline deadline) throws LookupFailure {
    int outagesBefore = outages.get();
    try {
      return ask(work, deadline);
    } catch (SQLException e) {
      FailureKind kind = blame(e);
      if (kind == FailureKind.NODE) {
        goDown(outagesBefore, JudgedFailure.origin(e));
      }
      throw new LookupFailure(kind, name, JudgedFailure.origin(e));
    } catch (RuntimeException e) {
      throw new LookupFailure(FailureKind.QUERY, name, e);
    }
  }

  private FailureKind blame(SQLException failure) {
    FailureKind kind = kind(failure);
    if (kind != FailureKind.NODE) {
      return kind;
    }
    // An interrupt breaks the connection of whoever waits on it; the node has no part in that.
    if (Thread.currentThread().isInterrupted()) {
      return FailureKind.PASSING;
    }
    return SqlFailures.silent(failure) && answersOthers() ? FailureKind.TIMEOUT : kind;
  }

  /** A connection may be lost, or its turn at a pooler not come, while others are answered. */
  private boolean answersOthers() {
    return nanoTime.getAsLong() - lastAnswer <= suspectAfterNanos;
  }

  private FailureKind kind(SQLException failure) {
    return failure instanceof JudgedFailure judged ? judged.kind() : dialect.kind(failure);
  }

  /** Asks, and once more on a new connection when the one from the pool turned out to be dead. */
  private <R> R ask(NodeWork<R> work, Deadline deadline) throws SQLException {
    try {
      return askOnce(work, deadline);
    } catch (SQLException e) {
      if (!worthANewConnection(e) || deadline.over()) {
        throw e;
      }
      if (kind(e) == FailureKind.SHARED) {
        noteSharedSessions(e);
      } else if (kind(e) != FailureKind.SESSION) {
        pool.discardIdle();
      }
    }
    return askOnce(work, deadline);
  }

  private void noteSharedSessions(SQLException failure) {
    if (opener.noteSharedSessions()) {
      events.sessionsShared(name, JudgedFailure.origin(failure));
    }
    pool.forgetConnections();
  }

  private boolean worthANewConnection(SQLException failure) {
    if (kind(failure) == FailureKind.SHARED) {
      return true;
    }
    FailureKind kind = blame(failure);
    return outage.get() == null
        && !(failure instanceof JudgedFailure)
        && (kind == FailureKind.NODE || kind == FailureKind.SESSION)
        && !SqlFailures.silent(failure);
  }

  private <R> R askOnce(NodeWork<R> work, Deadline deadline) throws SQLException {
    refuseIfOver(deadline, nanoTime.getAsLong());
    DatabaseFile.Use held = pool.hold(deadline);
    try {
      return askHolding(work, deadline);
    } finally {
      held.close();
    }
  }

  private <R> R askHolding(NodeWork<R> work, Deadline deadline) throws SQLException {
    boolean shared = opener.sharesSessions();
    PooledConnection pooled = pool.borrow(deadline);
    boolean sound = false;
    long begun = nanoTime.getAsLong();
    Leases.Lease lease = leases.begin(pooled.connection(), begun, deadline.endOfWhole());
    try {
      refuseIfOver(deadline, begun);
      R result = work.on(pooled.connection().jdbc(), name);
      sound = true;
      refuseIfDoubtful(begun);
      refuseIfSharedSince(shared);
      answered();
      return result;
    } catch (SQLException e) {
      sound = leavesConnectionSound(pooled.connection().jdbc(), e);
      throw judged(e, sound, lease.cutShort());
    } finally {
      leases.end(lease);
      pool.giveBack(pooled, sound);
    }
  }

  private boolean leavesConnectionSound(Connection connection, SQLException failure) {
    return switch (kind(failure)) {
      case TIMEOUT, KEY, QUERY -> true;
      case SESSION, SHARED -> false;
      case NODE, ALL_DOWN, PASSING, FULL ->
          !SqlFailures.brokeConnection(failure) && dialect.works(connection);
    };
  }

  /** A query may raise what it likes; a node that goes on answering has not failed. */
  private SQLException judged(SQLException failure, boolean sound, boolean cutShort) {
    if (cutShort) {
      return new JudgedFailure(FailureKind.TIMEOUT, failure);
    }
    if (SqlFailures.silent(failure) && !dialect.limitsTime(opener.sharesSessions())) {
      probe.once(); // It finds out whether the node hangs, or the statement was slow.
      return new JudgedFailure(FailureKind.TIMEOUT, failure);
    }
    return sound && kind(failure) == FailureKind.NODE
        ? new JudgedFailure(FailureKind.KEY, failure)
        : failure;
  }

  private static void refuseIfOver(Deadline deadline, long now) throws JudgedFailure {
    if (deadline.overAt(now)) {
      SQLException late = new SQLTimeoutException("the time was over before a statement was sent");
      throw new JudgedFailure(FailureKind.TIMEOUT, late);
    }
  }

  /** That no row came may be the answer to another's statement, and shows nowhere. */
  private void refuseIfSharedSince(boolean before) throws JudgedFailure {
    if (!before && opener.sharesSessions()) {
      SQLException doubt = new SQLException("the session may be another client's", "26000");
      throw new JudgedFailure(FailureKind.SHARED, doubt);
    }
  }

  private void refuseIfDoubtful(long begun) throws SQLTimeoutException {
    if (dialect.lateAnswersAreDoubtful() && nanoTime.getAsLong() - begun > statementNanos) {
      throw new SQLTimeoutException("answered after it should have given up");
    }
  }

  private void answered() {
    lastAnswer = nanoTime.getAsLong();
    if (recovering) {
      recovering = false;
      probe.forget();
    }
  }

  private void goDown(int outagesBefore, SQLException cause) {
    // A lookup that began before an outage that is over must not begin another.
    if (outages.get() != outagesBefore || !outage.compareAndSet(null, cause)) {
      return;
    }
    outages.incrementAndGet();
    events.nodeDown(name, cause);
    pool.goOutOfUse(cause);
    leases.interruptAll();
    probe.untilItAnswers();
  }

  private void ask() {
    try {
      if (pool.probe()) {
        answersProbe();
      }
    } catch (SQLException e) {
      probeFailed(e);
    }
  }

  private void answersProbe() {
    lastAnswer = nanoTime.getAsLong();
    if (outage.getAndSet(null) != null) {
      recovering = true;
      events.nodeUp(name);
    }
  }

  private void probeFailed(SQLException failure) {
    if (dialect.full(failure)) {
      lastAnswer = nanoTime.getAsLong(); // It is there; the connections that it gave may do.
    }
    if (!pool.holdsAny()) {
      goDown(outages.get(), failure);
    }
  }

  /** Waits for the lookups under way, as long as the node's share of the time, then closes. */
  @Override
  public void close() {
    probe.close();
    try {
      pool.awaitNoneLent(share.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
