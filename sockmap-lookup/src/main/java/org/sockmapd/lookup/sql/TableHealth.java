package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;

/**
 * Reports that a map fails once, and not at every lookup. What is wrong with a node is the node's
 * to report. A map that fails and answers by turns fails until it has answered for a minute: who
 * can cause one failure must not fill the log. Safe for use by many threads.
 */
final class TableHealth {
  private static final int MAX_KEY_FAULTS = 16;
  private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

  private final String mapName;
  private final LookupEvents events;
  private final LongSupplier nanoTime;
  private final Set<String> keyFaults = ConcurrentHashMap.newKeySet();

  /** How it failed last; null while it answers. Written under the lock. */
  private volatile @Nullable String failing;

  private long lastReport;
  private long lastFailure;

  /** Whether it failed again soon after it had answered. */
  private boolean unsteady;

  private boolean recovered;
  private long lastRecovery;

  TableHealth(String mapName, LookupEvents events, LongSupplier nanoTime) {
    this.mapName = mapName;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  void answered() {
    if (failing != null && endFailing()) {
      events.tableRecovered(mapName);
    }
  }

  private synchronized boolean endFailing() {
    long now = nanoTime.getAsLong();
    if (failing == null || (unsteady && now - lastFailure < CALM_NANOS)) {
      return false;
    }
    failing = null;
    recovered = true;
    lastRecovery = now;
    return true;
  }

  void failed(LookupFailure failure) {
    boolean report =
        switch (failure.kind()) {
          case NODE, ALL_DOWN -> false;
          case KEY -> isNewKeyFault(signature(failure));
          case TIMEOUT, PASSING, FULL, SESSION, SHARED, QUERY -> isNewFault(signature(failure));
        };
    if (report) {
      events.tableFailing(mapName, failure.node(), failure.failure());
    }
  }

  private synchronized boolean isNewFault(String signature) {
    long now = nanoTime.getAsLong();
    boolean begins = failing == null;
    boolean changed = !begins && !signature.equals(failing) && now - lastReport >= CALM_NANOS;
    if (begins) {
      unsteady = recovered && now - lastRecovery < CALM_NANOS;
    }
    lastFailure = now;
    if (begins || changed) {
      failing = signature;
      lastReport = now;
    }
    return begins || changed;
  }

  /** Other keys are answered all the while, so such a fault is told once and never ends. */
  private boolean isNewKeyFault(String signature) {
    return keyFaults.size() < MAX_KEY_FAULTS && keyFaults.add(signature);
  }

  private static String signature(LookupFailure failure) {
    if (failure.kind() == FailureKind.TIMEOUT) {
      return failure.kind().name(); // Who gave up first may differ each time.
    }
    Exception cause = failure.failure();
    String name = cause.getClass().getName();
    return cause instanceof SQLException e
        ? name + " " + e.getSQLState() + " " + e.getErrorCode()
        : name;
  }
}
