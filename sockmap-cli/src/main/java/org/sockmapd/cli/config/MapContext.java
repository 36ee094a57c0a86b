package org.sockmapd.cli.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.cache.CacheCapacity;
import org.sockmapd.lookup.spi.Settings;
import org.sockmapd.lookup.spi.TableContext;
import org.sockmapd.lookup.sql.Database;
import org.sockmapd.lookup.sql.DatabaseSettings;
import org.sockmapd.lookup.sql.DatabaseType;

/**
 * Gives a table what it shares with others. Where the configuration names something that is not
 * there, that is reported and something else stands in, so that the rest of the table is checked.
 */
final class MapContext implements TableContext {
  private final String mapName;
  private final Settings settings;
  private final Map<String, Connection> connections;
  private final Databases databases;
  private final Function<String, Optional<LookupTable>> maps;
  private final LookupEvents events;
  private final CacheCapacity cacheCapacity;
  private @Nullable Database database;

  MapContext(
      String mapName,
      Settings settings,
      Map<String, Connection> connections,
      Databases databases,
      Function<String, Optional<LookupTable>> maps,
      LookupEvents events,
      CacheCapacity cacheCapacity) {
    this.mapName = mapName;
    this.settings = settings;
    this.connections = connections;
    this.databases = databases;
    this.maps = maps;
    this.events = events;
    this.cacheCapacity = cacheCapacity;
  }

  @Override
  public String mapName() {
    return mapName;
  }

  @Override
  public LookupEvents events() {
    return events;
  }

  @Override
  public <T> Optional<T> resource(Class<T> type, String name) {
    if (type == LookupTable.class) {
      return maps.apply(name).map(type::cast);
    }
    if (type == CacheCapacity.class) {
      return Optional.of(type.cast(cacheCapacity));
    }
    return type == Database.class ? Optional.of(type.cast(database(name))) : Optional.empty();
  }

  /** The database that the table asks, once it has asked for one. */
  Optional<Database> database() {
    return Optional.ofNullable(database);
  }

  private Database database(String name) {
    String connection = name.substring(0, name.indexOf('/'));
    Database found = databases.database(connection, settings(connection));
    database = found;
    return found;
  }

  private DatabaseSettings settings(String connection) {
    @Nullable Connection known = connections.get(connection);
    if (known == null) {
      settings.problem("connection", noConnection(connection));
      return DatabaseSettings.builder(DatabaseType.MYSQL, "none").host("localhost").build();
    }
    if (!settings.has("database") && known.defaultDatabase().isEmpty()) {
      settings.problem("database", "missing, and its connection names none");
    }
    return known.settings().apply(databaseName(known));
  }

  private String databaseName(Connection connection) {
    return DatabaseName.read(settings).or(connection::defaultDatabase).orElse("none");
  }

  private String noConnection(String name) {
    String others = String.join(", ", new TreeSet<>(connections.keySet()));
    if (others.isEmpty()) {
      return "there is no \"database\" object that it could ask";
    }
    return (name.isEmpty() ? "missing" : "no connection is named \"" + name + "\"")
        + "; there is "
        + others;
  }
}
