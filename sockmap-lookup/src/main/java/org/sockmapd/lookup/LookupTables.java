package org.sockmapd.lookup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that one server answers from, by map name. Immutable and safe for use by many threads.
 * Owns its tables and whatever they share (pools, threads), and closes them with itself.
 */
public final class LookupTables implements AutoCloseable {
  private final Map<String, LookupTable> tables;
  private final List<AutoCloseable> shared;

  private LookupTables(Builder builder) {
    this.tables = new LinkedHashMap<>(builder.tables);
    this.shared = List.copyOf(builder.shared);
  }

  /**
   * Begins an empty set of tables.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds a table.
   *
   * @param mapName the map name of a request, compared to the letter
   * @return the table, or empty when no table has that name
   */
  public Optional<LookupTable> table(String mapName) {
    return Optional.ofNullable(tables.get(mapName));
  }

  /**
   * Names the maps, in the order in which they were added.
   *
   * @return the map names
   */
  public Set<String> mapNames() {
    return Collections.unmodifiableSet(tables.keySet());
  }

  /**
   * Closes the tables, then what they shared, last added first. A failure of one does not keep the
   * others open.
   */
  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(shared);
    all.addAll(tables.values());
    for (AutoCloseable resource : all.reversed()) {
      closeQuietly(resource);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.getLogger(LookupTables.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "closing " + resource.getClass().getSimpleName() + " failed",
              e);
    }
  }

  /** Collects tables. For use by one thread. */
  public static final class Builder {
    private final Map<String, LookupTable> tables = new LinkedHashMap<>();
    private final List<AutoCloseable> shared = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a table.
     *
     * @param mapName the first word of the requests it answers: not empty, without a space
     * @param table the table
     * @return this builder
     * @throws IllegalArgumentException if the name is not one, or is taken
     */
    public Builder add(String mapName, LookupTable table) {
      if (mapName.isEmpty() || mapName.indexOf(' ') >= 0) {
        throw new IllegalArgumentException("not a map name: '" + mapName + "'");
      }
      if (tables.putIfAbsent(mapName, table) != null) {
        throw new IllegalArgumentException("two tables for the map " + mapName);
      }
      return this;
    }

    /**
     * Hands over something that tables share. It is closed after the tables.
     *
     * @param resource what to close
     * @return this builder
     */
    public Builder shared(AutoCloseable resource) {
      shared.add(resource);
      return this;
    }

    /**
     * Builds the set.
     *
     * @return the tables added so far
     */
    public LookupTables build() {
      return new LookupTables(this);
    }
  }
}
