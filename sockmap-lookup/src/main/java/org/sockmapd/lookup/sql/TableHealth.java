package org.sockmapd.lookup.sql;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;

/**
 * Reports that a map fails once, and not at every lookup. What is wrong with a node is the node's
 * to report.
 */
final class TableHealth {
  private static final int MAX_KEY_FAULTS = 16;

  private final String mapName;
  private final LookupEvents events;
  private final AtomicReference<@Nullable String> failing = new AtomicReference<>();
  private final Set<String> keyFaults = ConcurrentHashMap.newKeySet();

  TableHealth(String mapName, LookupEvents events) {
    this.mapName = mapName;
    this.events = events;
  }

  void answered() {
    if (failing.get() != null && failing.getAndSet(null) != null) {
      events.tableRecovered(mapName);
    }
  }

  void failed(LookupFailure failure) {
    boolean report =
        switch (failure.kind()) {
          case NODE, ALL_DOWN -> false;
          case KEY -> isNewKeyFault(signature(failure));
          case TIMEOUT, PASSING, FULL, SESSION, SHARED, QUERY ->
              !signature(failure).equals(failing.getAndSet(signature(failure)));
        };
    if (report) {
      events.tableFailing(mapName, failure.node(), failure.failure());
    }
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
