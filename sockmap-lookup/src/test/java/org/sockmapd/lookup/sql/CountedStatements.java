package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.sockmapd.lookup.LookupEvents;

/** Counts statements: those for one key, and those for several. */
final class CountedStatements implements LookupEvents {
  final AtomicInteger single = new AtomicInteger();
  final AtomicInteger batches = new AtomicInteger();

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public void queried(
      String mapName, String node, String sql, List<String> bound, int rows, Duration time) {
    (sql.contains(" UNION ALL ") ? batches : single).incrementAndGet();
  }
}
