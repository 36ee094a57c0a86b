package org.sockmapd.bench;

/**
 * When the requests of one connection are due by the schedule of an open loop. All connections
 * together keep the rate evenly: they take turns.
 *
 * @param first which request of the whole load is this connection's first, from 0
 * @param connections how many connections take turns
 * @param rate requests a second, of all connections
 */
record Pace(int first, int connections, int rate) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Says when a request is due.
   *
   * @param number the how manieth of this connection, from 0
   * @return nanoseconds after the begin of the run
   */
  long due(long number) {
    return (long) ((first + number * (double) connections) * NANOS_PER_SECOND / rate);
  }
}
