package org.sockmapd.lookup.spi;

import java.util.Optional;
import org.sockmapd.lookup.LookupEvents;

/** What a table that is being made may use. */
public interface TableContext {

  /**
   * Names the map that the table will answer.
   *
   * @return the map name
   */
  String mapName();

  /**
   * Tells where events of the table go.
   *
   * @return the receiver of events
   */
  LookupEvents events();

  /**
   * Finds something configured elsewhere that tables share, such as the databases of a connection
   * or another table.
   *
   * @param type what it is
   * @param name its name in the configuration
   * @param <T> what it is
   * @return the thing, or empty when nothing of that type has that name
   */
  <T> Optional<T> resource(Class<T> type, String name);
}
