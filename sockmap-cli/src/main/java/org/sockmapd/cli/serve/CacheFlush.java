package org.sockmapd.cli.serve;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sockmapd.cli.log.Log;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.cache.CachedTable;

/**
 * Has caches forget. The key is what they are to forget: nothing for all of every map, a map name,
 * or a map name, a space and a key of that map. A map that there is not is not found.
 */
final class CacheFlush implements LookupTable {
  private final Supplier<LookupTables> tables;
  private final Log log;

  CacheFlush(Supplier<LookupTables> tables, Log log) {
    this.tables = tables;
    this.log = log;
  }

  @Override
  public LookupResult lookup(String what) {
    return what.isEmpty() ? flushAll() : flush(what);
  }

  private LookupResult flushAll() {
    LookupTables all = tables.get();
    List<CachedTable> caches =
        all.mapNames().stream().flatMap(name -> cache(all, name).stream()).toList();
    caches.forEach(CachedTable::flush);
    log.info("flushed caches=" + caches.size());
    return new Found("flushed the caches of " + caches.size() + " maps");
  }

  private LookupResult flush(String what) {
    int space = what.indexOf(' ');
    String mapName = space < 0 ? what : what.substring(0, space);
    LookupTables all = tables.get();
    if (all.table(mapName).isEmpty()) {
      return new NotFound();
    }
    Optional<CachedTable> cache = cache(all, mapName);
    if (cache.isEmpty()) {
      return new Found("the map " + mapName + " has no cache");
    }
    if (space < 0) {
      cache.get().flush();
    } else {
      cache.get().flush(what.substring(space + 1));
    }
    log.info("flushed map=" + mapName + (space < 0 ? "" : " one key"));
    return new Found("flushed");
  }

  private static Optional<CachedTable> cache(LookupTables tables, String mapName) {
    return tables.table(mapName).filter(CachedTable.class::isInstance).map(CachedTable.class::cast);
  }
}
