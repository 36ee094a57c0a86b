package org.sockmapd.lookup.cache;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.sockmapd.lookup.LookupResult;

/**
 * The queries that are on their way, one a key. A flight that was called off still answers who
 * waits for it, but its result is not remembered, and nobody boards it any more.
 */
final class Flights {
  private final ConcurrentHashMap<String, Flight> underway = new ConcurrentHashMap<>();

  /** One query, and those who wait for it. Each is itself, whatever its key. */
  static final class Flight {
    private final CompletableFuture<LookupResult> result = new CompletableFuture<>();
    private final String key;
    private final long asked;

    /** Notes a query for a key and the time at which it is made. */
    Flight(String key, long asked) {
      this.key = key;
      this.asked = asked;
    }

    String key() {
      return key;
    }

    long asked() {
      return asked;
    }

    CompletableFuture<LookupResult> result() {
      return result;
    }
  }

  /**
   * Boards the flight of a key, or begins one.
   *
   * @return the flight; who gets the one they brought has to make the query
   */
  Flight board(Flight own) {
    Flight earlier = underway.putIfAbsent(own.key(), own);
    return earlier == null ? own : earlier;
  }

  /**
   * Ends a flight and answers all who wait.
   *
   * @param remember runs before anybody is answered, and not if the flight was called off
   */
  void land(Flight flight, LookupResult result, Runnable remember) {
    try {
      underway.computeIfPresent(
          flight.key(),
          (key, current) -> {
            if (current != flight) {
              return current;
            }
            remember.run();
            return null;
          });
    } finally {
      underway.remove(flight.key(), flight);
      flight.result().complete(result);
    }
  }

  Set<String> keys() {
    return underway.keySet();
  }

  /** Calls off the flight of a key, and runs what must not come between that and its landing. */
  void callOff(String key, Runnable forget) {
    underway.compute(
        key,
        (k, current) -> {
          forget.run();
          return null;
        });
  }

  void callOffAll() {
    underway.clear();
  }
}
