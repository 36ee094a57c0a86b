package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a node that are in use, and since when. Ends those uses that are late. */
final class Leases {
  private final Dialect dialect;
  private final long shareNanos;
  private final long graceNanos;
  private final long overdueNanos;
  private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

  Leases(DatabaseSettings settings, Dialect dialect) {
    this.dialect = dialect;
    this.shareNanos = settings.nodeShare().toNanos();
    // Late enough for a server's own limit, and the socket's, to have done it.
    this.graceNanos = dialect.networked() ? shareNanos / 10 : 0;
    this.overdueNanos =
        dialect.networked() ? shareNanos + graceNanos : settings.statementTimeout().toNanos();
  }

  /** One use of a connection. */
  static final class Lease {
    private final OpenConnection connection;
    private final long begun;
    private final long end;
    private volatile boolean cutShort;

    private Lease(OpenConnection connection, long begun, long end) {
      this.connection = connection;
      this.begun = begun;
      this.end = end;
    }

    /** Tells whether it was ended only because its lookup had no more time. */
    boolean cutShort() {
      return cutShort;
    }
  }

  /**
   * Notes a use.
   *
   * @param end when the lookup should be over
   */
  Lease begin(OpenConnection connection, long now, long end) {
    Lease lease = new Lease(connection, now, end);
    leases.add(lease);
    return lease;
  }

  void end(Lease lease) {
    leases.remove(lease);
  }

  /** Tells whether some use goes on for longer than a time. */
  boolean anyLongerThan(long nanos, long now) {
    return leases.stream().anyMatch(lease -> now - lease.begun > nanos);
  }

  /** Makes those wait no longer who should have had an answer, or given up. */
  void interruptLate(long now) {
    for (Lease lease : leases) {
      long used = now - lease.begun;
      if (used > overdueNanos || now - lease.end > graceNanos) {
        if (used < shareNanos) {
          lease.cutShort = true; // Such a node need not be one that hangs.
        }
        interrupt(lease);
      }
    }
  }

  void interruptAll() {
    leases.forEach(this::interrupt);
  }

  private void interrupt(Lease lease) {
    try {
      dialect.interrupt(lease.connection);
    } catch (SQLException e) {
      System.getLogger(Leases.class.getName())
          .log(System.Logger.Level.DEBUG, "interrupting a lookup failed", e);
    }
  }
}
