package org.sockmapd.server;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What the connections of one server share.
 *
 * @param limits what the server takes on at most
 * @param events hears what happens
 * @param lookups answers requests
 * @param threads serve the connections
 * @param lateWriters runs what waits for a client to read; each task on a thread of its own
 * @param clock nanoseconds, for timeouts
 */
record Service(
    ServerLimits limits,
    ServerEvents events,
    Lookups lookups,
    ServingThreads threads,
    Executor lateWriters,
    LongSupplier clock) {
  long nanos() {
    return clock.getAsLong();
  }
}
