package org.sockmapd.cli.config;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.cache.CacheSettings;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.sql.Database;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.NodeAddress;
import org.sockmapd.lookup.tables.TableFactory;

/** Makes the tables of {@code postmaps}. For one thread, and one time. */
final class MapsOpener {
  private final Map<String, Connection> connections;
  private final LookupEvents events;
  private final JsonTree tree;
  private final TableFactory factory = TableFactory.installed();
  private final LookupTables.Builder owner = LookupTables.builder();
  private final Databases databases;
  private final CacheBudget cacheBudget;
  private final Map<String, Settings> byName = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Map<String, OpenedMap> opened = new HashMap<>();

  private MapsOpener(
      Map<String, Connection> connections,
      LookupEvents events,
      JsonTree tree,
      CacheBudget cacheBudget) {
    this.connections = connections;
    this.events = events;
    this.tree = tree;
    this.cacheBudget = cacheBudget;
    this.databases = new Databases(events, owner);
  }

  static OpenedMaps open(
      Settings root, Map<String, Connection> connections, LookupEvents events, JsonTree tree) {
    List<Settings> postmaps = root.objects("postmaps");
    CacheBudget cacheBudget = CacheBudget.of(postmaps, Runtime.getRuntime().maxMemory());
    return new MapsOpener(connections, events, tree, cacheBudget).open(postmaps);
  }

  /** A table that throws where it should report a problem leaves nothing open. */
  private OpenedMaps open(List<Settings> postmaps) {
    try {
      makeAll(postmaps);
    } catch (RuntimeException | Error e) {
      owned().close();
      throw e;
    }
    List<Postmap> described =
        byName.keySet().stream().map(opened::get).map(OpenedMap::postmap).toList();
    return new OpenedMaps(owned(), described, databases.settings());
  }

  private void makeAll(List<Settings> postmaps) {
    for (Settings postmap : postmaps) {
      name(postmap)
          .ifPresentOrElse(
              name -> byName.put(name, postmap), () -> make("?", postmap).table().close());
    }
    byName.forEach(this::opened);
  }

  private LookupTables owned() {
    for (String name : byName.keySet()) {
      @Nullable OpenedMap map = opened.get(name);
      if (map != null) {
        owner.add(name, map.table());
      }
    }
    return owner.build();
  }

  private Optional<String> name(Settings settings) {
    String name = settings.requiredText("service");
    if (name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      settings.problem("service", "a map name has no space and no control character");
      return Optional.empty();
    }
    @Nullable Settings other = byName.get(name);
    if (other != null) {
      settings.problem("service", "the name \"" + name + "\" is taken by " + other.path());
      return Optional.empty();
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** Makes a map, unless another one that asks it had it made already. */
  private OpenedMap opened(String name, Settings settings) {
    @Nullable OpenedMap already = opened.get(name);
    if (already != null) {
      return already;
    }
    begun.add(name);
    OpenedMap map = make(name, settings);
    opened.put(name, map);
    return map;
  }

  private OpenedMap make(String name, Settings settings) {
    MapContext context =
        new MapContext(
            name, settings, connections, databases, this::asked, events, cacheBudget.ofEach());
    // Its own, and so asked for before the factory reports what nobody asked for.
    List<String> uses = settings.texts("for");
    LookupTable table = factory.create(settings, context);
    return new OpenedMap(table, describe(name, settings, context, uses));
  }

  /** Gives a map to another that asks it. The one that asks does not own it. */
  private Optional<LookupTable> asked(String name) {
    @Nullable Settings settings = byName.get(name);
    if (settings == null) {
      return Optional.empty();
    }
    if (begun.contains(name) && !opened.containsKey(name)) {
      settings.problem("service", "asks itself, by itself or through other maps");
      return Optional.of(key -> new TemporaryFailure("asks itself"));
    }
    return Optional.of(opened(name, settings).table());
  }

  private Postmap describe(String name, Settings settings, MapContext context, List<String> uses) {
    return new Postmap(
        name,
        settings.path(),
        tree.lineOf(settings.path()),
        settings.text("type").orElse("sql"),
        context.database().map(asked -> source(settings, asked)).orElse(""),
        settings.text("search").orElse("exact"),
        settings.flag("rewriting", settings.flag("propagate_unmatched_extensions", true)),
        uses,
        settings.object("cache").map(CacheSettings::read).map(CacheSettings::freshness));
  }

  private static String source(Settings settings, Database asked) {
    return settings.text("table").orElse("a query") + " in " + place(asked);
  }

  private static String place(Database asked) {
    DatabaseSettings settings = asked.settings();
    String hosts = settings.hosts().stream().map(NodeAddress::toString).collect(joining(", "));
    String place = settings.type().configName() + " " + settings.database();
    return hosts.isEmpty() ? place : place + " at " + hosts;
  }
}
