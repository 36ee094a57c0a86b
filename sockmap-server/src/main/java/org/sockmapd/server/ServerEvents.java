package org.sockmapd.server;

import java.io.IOException;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapReply;

/**
 * Hears what happens in a server, for a log or for counters. Called from many threads, on the way
 * of requests: an implementation must not throw, and must not block for longer than a line of a log
 * takes. Every method does nothing unless overridden.
 *
 * <p>A client is named by its address and port, {@code 192.0.2.1:4711} or {@code [::1]:4711}, or as
 * {@code unix:PATH} by the socket it came through. Map names and keys are as the client sent them:
 * escape them.
 *
 * <p>Methods with a {@code count} are called at once when something happens, and then at most once
 * a minute with the number of times since.
 */
public interface ServerEvents {
  /** Hears nothing. */
  ServerEvents NONE = new ServerEvents() {};

  /**
   * Tells whether {@link #answered} is wanted; it is not reported, nor is time measured, otherwise.
   * Asked at every request.
   *
   * @return true to have every answer reported
   */
  default boolean wantsAnswers() {
    return false;
  }

  /**
   * A listener takes connections from now on.
   *
   * @param endpoint where, with its real port
   */
  default void listening(Endpoint endpoint) {}

  /**
   * A listener was closed.
   *
   * @param endpoint where it was
   */
  default void closed(Endpoint endpoint) {}

  /**
   * A lookup was answered. Only reported when {@link #wantsAnswers}.
   *
   * @param client who asked
   * @param mapName the map
   * @param key the key; bytes that are not UTF-8 are replaced by U+FFFD
   * @param reply the reply, which is about to be sent
   * @param nanos how long it took from the request read to the answer known
   */
  default void answered(
      String client, String mapName, String key, SocketmapReply reply, long nanos) {}

  /**
   * Somebody asked for a map that there is not. The answer is TEMP, since this is a mistake in a
   * configuration and nobody's mail should be refused for it.
   *
   * @param mapName the map
   * @param client who asked last
   * @param count how often, since this was last reported for the map
   */
  default void unknownMap(String mapName, String client, long count) {}

  /**
   * A request came while its map was working on as many as it may. The answer was TEMP.
   *
   * @param mapName the map
   * @param client who asked last
   * @param count how often, since this was last reported for the map
   */
  default void mapBusy(String mapName, String client, long count) {}

  /**
   * A request that can never be answered, and got PERM.
   *
   * @param client who sent it
   * @param reason what is wrong with it, without a part of it
   */
  default void malformedRequest(String client, String reason) {}

  /**
   * A table gave an answer that cannot be sent, so the reply was TEMP.
   *
   * @param mapName the map
   * @param key the key
   * @param problem what is wrong with the answer, without a part of it
   */
  default void unsendable(String mapName, String key, String problem) {}

  /**
   * A lookup threw, so the reply was TEMP.
   *
   * @param mapName the map
   * @param cause what was thrown
   */
  default void lookupThrew(String mapName, Throwable cause) {}

  /**
   * Connections were refused.
   *
   * @param why the reason
   * @param client the last one refused
   * @param count how many, since this was last reported for the reason
   */
  default void refused(Refusal why, String client, long count) {}

  /**
   * Connections cannot be accepted at the moment, most likely for want of file descriptors. The
   * server goes on trying, with pauses.
   *
   * @param endpoint the listener
   * @param cause what the system said last
   * @param count how often, since this was last reported for the listener
   */
  default void acceptFailed(Endpoint endpoint, IOException cause, long count) {}

  /**
   * A connection ended otherwise than by its client's orderly closing: the client vanished, was
   * silent or did not read for too long. Happens all the time; not for a log above debug.
   *
   * @param client whose connection
   * @param reason what happened
   */
  default void disconnected(String client, String reason) {}

  /**
   * Something failed that should not. The server goes on.
   *
   * @param what what was being done
   * @param cause what was thrown
   */
  default void internalFailure(String what, Throwable cause) {}

  /**
   * The JVM is out of memory or broken, and nothing that it says from now on can be trusted. Called
   * on the thread where it happened; it is thrown again there when this returns. A program should
   * end at once, so that it is started again: by {@link Runtime#halt}, as an orderly end would wait
   * for this thread.
   *
   * @param error what was thrown
   */
  default void fatal(VirtualMachineError error) {}

  /**
   * The server has stopped.
   *
   * @param forced how many connections were cut off because they had not ended within the time
   */
  default void stopped(int forced) {}
}
