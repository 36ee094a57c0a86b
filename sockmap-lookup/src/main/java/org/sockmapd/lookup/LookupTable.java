package org.sockmapd.lookup;

import java.util.List;
import java.util.function.Consumer;

/**
 * A table that maps keys to values. Called from many threads at once.
 *
 * <p>An absent key is {@link LookupResult.NotFound}; a table that cannot be asked is {@link
 * LookupResult.TemporaryFailure} or {@link LookupResult.TimedOut}, so that the mail system tries
 * again later. A lookup throws for none of them.
 */
@FunctionalInterface
public interface LookupTable extends AutoCloseable {

  /**
   * Answers one key, blocking until the answer is known.
   *
   * @param key the key, as the client sent it; may be empty
   * @return the answer
   */
  LookupResult lookup(String key);

  /**
   * Answers one key, maybe on another thread and after this call has returned: a table that asks
   * its database for many keys at once need not wake the thread that asked. Unless a table says
   * otherwise, the answer is given before this call returns. A table that waits for something, a
   * server say, should not hold up a thread that is {@link NonBlocking}: it answers on another.
   *
   * @param key the key, as the client sent it; may be empty
   * @param answer takes the answer, exactly once; must not throw. It may hold the table's thread up
   *     for as long as writing a few bytes to a client takes
   */
  default void lookup(String key, Consumer<? super LookupResult> answer) {
    answer.accept(lookup(key));
  }

  /**
   * Answers with the first of several keys that the table holds. A key that could not be asked ends
   * the search: a less specific key must not answer in its place.
   *
   * @param keys the keys to try, most specific first; not empty
   * @return the answer, with the key that gave it
   */
  default FirstMatch lookupFirst(List<String> keys) {
    for (String key : keys) {
      LookupResult result = lookup(key);
      if (!(result instanceof LookupResult.NotFound)) {
        return new FirstMatch(key, result);
      }
    }
    return new FirstMatch(keys.getLast(), new LookupResult.NotFound());
  }

  /**
   * Answers with the first of several keys that the table holds, maybe on another thread, as {@link
   * #lookup(String, Consumer)} does with one key.
   *
   * @param keys the keys to try, most specific first; not empty
   * @param answer takes the answer, exactly once; must not throw. It may hold the table's thread up
   *     for as long as writing a few bytes to a client takes
   */
  default void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    answer.accept(lookupFirst(keys));
  }

  /**
   * Tells whether the table looks for less specific keys itself where it does not hold the one it
   * is asked for, so that it can answer with one before another table is asked.
   *
   * @return whether it does; by default false
   */
  default boolean searches() {
    return false;
  }

  /** Gives back what the table holds. Lookups that are under way may fail temporarily. */
  @Override
  default void close() {}

  /**
   * The answer to several keys.
   *
   * @param key the key that gave the answer; the last one tried when none is in the table
   * @param result the answer
   */
  record FirstMatch(String key, LookupResult result) {}
}
