package org.sockmapd.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupTables;

/**
 * One set of tables, from when it is put in place until the last request that uses it is answered.
 * The tables are closed on a thread of their own: the last answer may well come from a thread that
 * closing has to wait for.
 */
final class TableGeneration {
  private final LookupTables tables;
  private final Map<String, MapGate> gates = new HashMap<>();
  private final AtomicInteger open;
  private final AtomicBoolean closing = new AtomicBoolean();

  TableGeneration(LookupTables tables, int maxInFlightPerMap) {
    this.tables = tables;
    for (String name : tables.mapNames()) {
      tables
          .table(name)
          .ifPresent(
              table -> gates.put(name, new MapGate(table, maxInFlightPerMap, this::partDone)));
    }
    this.open = new AtomicInteger(gates.size() + 1);
  }

  /** The way to a table, or null when no table has that name: an Optional less on the hot path. */
  @Nullable MapGate gate(String mapName) {
    return gates.get(mapName);
  }

  /** Closes the tables as soon as the last request that uses them is answered. Called once. */
  void retire() {
    gates.values().forEach(MapGate::retire);
    partDone();
  }

  /** Closes the tables now, though some requests may be unanswered. */
  void closeNow() {
    if (closing.compareAndSet(false, true)) {
      tables.close();
    }
  }

  private void partDone() {
    if (open.decrementAndGet() == 0) {
      Thread.ofPlatform().name("sockmapd-close-tables").start(this::closeNow);
    }
  }
}
