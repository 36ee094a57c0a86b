package org.sockmapd.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.lookup.sql.Database;
import org.sockmapd.lookup.sql.DatabaseSettings;

/** Opens each database once, however many tables ask it. For one thread. */
final class Databases {
  private final LookupEvents events;
  private final LookupTables.Builder owner;
  private final Map<String, Database> open = new LinkedHashMap<>();

  /**
   * Begins without a database.
   *
   * @param owner closes them
   */
  Databases(LookupEvents events, LookupTables.Builder owner) {
    this.events = events;
    this.owner = owner;
  }

  /**
   * Finds a database, or opens it, which touches no network.
   *
   * @param connection the name of the connection
   */
  Database database(String connection, DatabaseSettings settings) {
    return open.computeIfAbsent(
        connection + "/" + settings.database(), name -> opened(connection, settings));
  }

  /** What was opened so far. */
  List<DatabaseSettings> settings() {
    return open.values().stream().map(Database::settings).toList();
  }

  /** The connection without a name is the object {@code database}. */
  private Database opened(String connection, DatabaseSettings settings) {
    String name = connection.isEmpty() ? "database" : connection;
    Database database = Database.open(settings, events.ofConnection(name));
    owner.shared(database);
    return database;
  }
}
