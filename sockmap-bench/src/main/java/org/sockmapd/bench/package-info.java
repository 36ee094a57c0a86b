/**
 * Measures a socketmap server, any, from outside: {@code sockmapd bench}.
 *
 * <p>A thread for each processor asks on its share of the connections, on whichever something has
 * come, so that the load takes as little as it can of a machine on which the server runs too. After
 * each batch of replies it sends what is due: in the closed loop a request is due as soon as there
 * is room for it. In the open loop ({@code --rate}) a second thread wakes it for what becomes due
 * between replies. Nothing waits for a single connection; each is looked at some times a second,
 * and closed when the patience with it is over.
 *
 * <h2>What is counted</h2>
 *
 * <p>A request belongs to the measurement by the time at which it was due: warm-up and what comes
 * after the end are no part of it, and every request of the measurement is followed to its reply.
 * In the open loop its latency counts from the time at which it was due by the schedule, sent or
 * not: a server that stalls is late for every request that was due meanwhile (this is what
 * <i>corrected for coordinated omission</i> means). A request that is given up, or was due and
 * never sent because the server did not keep up, counts with the time that it had waited.
 *
 * <p>Wrong and lost replies count from the first request on, warm-up included.
 */
@NullMarked
package org.sockmapd.bench;

import org.jspecify.annotations.NullMarked;
