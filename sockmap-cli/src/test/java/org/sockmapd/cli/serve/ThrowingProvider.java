package org.sockmapd.cli.serve;

import java.util.concurrent.atomic.AtomicInteger;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.spi.LookupTableProvider;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;

/**
 * A table type of somebody else's, which throws what it should report: for the setting {@code
 * throws}. Counts its tables that are open.
 */
public final class ThrowingProvider implements LookupTableProvider {
  static final AtomicInteger OPEN = new AtomicInteger();

  @Override
  public String type() {
    return "throwing";
  }

  @Override
  public LookupTable create(Settings settings, TableContext context) {
    switch (settings.text("throws").orElse("nothing")) {
      case "exception" -> throw new IllegalStateException("no idea");
      case "error" -> throw new NoClassDefFoundError("org/example/Missing");
      case "assertion" -> throw new AssertionError("never");
      default -> OPEN.incrementAndGet();
    }
    return new Counted();
  }

  private static final class Counted implements LookupTable {
    @Override
    public LookupResult lookup(String key) {
      return new NotFound();
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }
}
