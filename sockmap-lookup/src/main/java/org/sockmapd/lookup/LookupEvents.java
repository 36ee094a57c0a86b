package org.sockmapd.lookup;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens inside tables, for a log or an explanation. Called from many threads, on the
 * way of a lookup: an implementation must neither block nor throw. Every method does nothing unless
 * overridden.
 */
public interface LookupEvents {
  /** Hears nothing. */
  LookupEvents NONE = new LookupEvents() {};

  /**
   * Tells whether {@link #queried} and {@link #tried} are wanted; they are not reported otherwise.
   *
   * @return true to have every query reported
   */
  default boolean explains() {
    return false;
  }

  /**
   * A query was answered. Only reported when {@link #explains}.
   *
   * @param mapName the map
   * @param node the database host that answered
   * @param sql the statement, with {@code ?} for each bound value
   * @param bound the bound values
   * @param rows how many rows came back
   * @param time how long it took
   */
  default void queried(
      String mapName, String node, String sql, List<String> bound, int rows, Duration time) {}

  /**
   * Keys were tried in order. Only reported when {@link #explains}.
   *
   * @param mapName the map
   * @param keys the keys, in the order tried
   * @param matched the key that was found, or null when none was
   */
  default void tried(String mapName, List<String> keys, @Nullable String matched) {}

  /**
   * A row held NULL where a value was to be. It is passed over, as Postfix does.
   *
   * @param mapName the map
   * @param key the key that was looked up
   */
  default void nullValue(String mapName, String key) {}

  /**
   * A row held an empty text where a value was to be. It is passed over, as Postfix does.
   *
   * @param mapName the map
   * @param key the key that was looked up
   */
  default void emptyValue(String mapName, String key) {}

  /**
   * A map began to fail, or fails for another cause than before. Not repeated while it goes on
   * failing.
   *
   * @param mapName the map
   * @param node the database host it was asked on
   * @param cause what went wrong
   */
  default void tableFailing(String mapName, String node, Throwable cause) {}

  /**
   * A map answers again.
   *
   * @param mapName the map
   */
  default void tableRecovered(String mapName) {}

  /**
   * The map that is asked beside another one, to see whether it could take its place, answers
   * otherwise, and did so twice. Of many differences, only some are reported.
   *
   * @param mapName the map that answers
   * @param difference the key, both answers and how often that happened
   */
  default void shadowDiffers(String mapName, ShadowDifference difference) {}

  /**
   * Some more keys were compared with the map that is asked beside another one.
   *
   * @param mapName the map that answers
   * @param shadow the map beside it
   * @param compared how many keys were compared so far
   * @param differing how many of them were answered differently
   */
  default void shadowCompared(String mapName, String shadow, long compared, long differing) {}

  /**
   * A database host is not used any more until it answers a probe. Reported once for each outage.
   *
   * @param node the database host
   * @param cause what went wrong
   */
  default void nodeDown(String node, Throwable cause) {}

  /**
   * Gives the receiver for the databases of one configured connection, so that it can name the
   * connection.
   *
   * @param connection the name of the connection in the configuration
   * @return the receiver; by default this one
   */
  default LookupEvents ofConnection(String connection) {
    return this;
  }

  /**
   * A connection to a database server was opened, the first one or one that is protected otherwise
   * than the one before.
   *
   * @param node the database host
   * @param protection how it is protected, such as {@code TLSv1.3} or {@code not encrypted}
   */
  default void nodeConnected(String node, String protection) {}

  /**
   * A database host is still not used. Reported every ten minutes while an outage goes on.
   *
   * @param node the database host
   * @param outage how long it has not been used
   * @param unanswered how many lookups of its database got no answer meanwhile
   */
  default void nodeStillDown(String node, Duration outage, long unanswered) {}

  /**
   * A database host is used again.
   *
   * @param node the database host
   */
  default void nodeUp(String node) {}

  /**
   * What the sessions of a database host hold turned out to be shared with other clients, by a
   * pooler in between: an answer was not to what was asked, and was asked for again. Statements are
   * not kept prepared on that host any more. Reported once.
   *
   * @param node the database host
   * @param cause what gave it away
   */
  default void sessionsShared(String node, Throwable cause) {}

  /**
   * A database host gives fewer connections than it was to give. Lookups wait for those, and at
   * times another one is tried. Reported when it becomes known, and every ten minutes at most.
   *
   * @param node the database host
   * @param connections how many it gives
   * @param cause what went wrong with the next one
   */
  default void connectionsLimited(String node, int connections, Throwable cause) {}

  /**
   * A map began to give remembered answers past their lifetime, because its database is failing.
   *
   * @param mapName the map
   */
  default void staleBegan(String mapName) {}

  /**
   * The database of a map that gave stale answers answers again.
   *
   * @param mapName the map
   * @param answers how many stale answers were given meanwhile
   */
  default void staleEnded(String mapName, long answers) {}
}
