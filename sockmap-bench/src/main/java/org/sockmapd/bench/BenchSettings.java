package org.sockmapd.bench;

import java.time.Duration;
import java.util.OptionalInt;
import org.sockmapd.protocol.Endpoint;

/**
 * The load that is put on a server.
 *
 * @param endpoint the server; a TCP port must not be 0
 * @param mapName the map to ask: one word
 * @param connections how many connections ask at once: 1 to {@value #MAX_CONNECTIONS}
 * @param pipeline how many requests of a connection may be unanswered: 1 to {@value #MAX_PIPELINE}
 * @param rate requests a second over all connections, 1 to {@value #MAX_RATE}; empty to ask as fast
 *     as replies come
 * @param warmUp how long to ask before measuring
 * @param duration how long to measure, more than zero
 * @param connectTimeout how long connecting to one address may take, more than zero
 * @param readTimeout how long a reply may take, more than zero
 * @param seed with which the places are drawn where the connections begin in the keys
 */
public record BenchSettings(
    Endpoint endpoint,
    String mapName,
    int connections,
    int pipeline,
    OptionalInt rate,
    Duration warmUp,
    Duration duration,
    Duration connectTimeout,
    Duration readTimeout,
    long seed) {
  /** The most connections. */
  public static final int MAX_CONNECTIONS = 50_000;

  /** The highest rate, far more than one machine can ask. */
  public static final int MAX_RATE = 10_000_000;

  /** The longest pipeline. */
  public static final int MAX_PIPELINE = 1024;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public BenchSettings {
    if (endpoint instanceof Endpoint.Inet inet && inet.port() == 0) {
      throw new IllegalArgumentException("nothing listens on port 0: " + endpoint);
    }
    if (mapName.isEmpty() || mapName.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("'" + mapName + "' is no map name: it is one word");
    }
    requireInRange("--connections", connections, MAX_CONNECTIONS);
    requireInRange("--pipeline", pipeline, MAX_PIPELINE);
    rate.ifPresent(requests -> requireInRange("--rate", requests, MAX_RATE));
    requirePositive("--duration", duration);
    requirePositive("--connect-timeout", connectTimeout);
    requirePositive("--read-timeout", readTimeout);
  }

  private static void requireInRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s is a number from 1 to %d, got %d".formatted(name, max, value));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " is more than zero");
    }
  }
}
