package org.sockmapd.bench;

/**
 * What became of requests.
 *
 * @param ok replies that gave a value
 * @param notFound replies that the key is in no table
 * @param temp replies of a temporary failure
 * @param timeout replies of a timeout
 * @param perm replies of a permanent failure
 * @param unsent requests that were due and not sent until the end; open loop only
 * @param wrong replies other than expected, warm-up included
 * @param lost requests without a reply, warm-up included
 */
record Counts(
    long ok,
    long notFound,
    long temp,
    long timeout,
    long perm,
    long unsent,
    long wrong,
    long lost) {

  /** The replies of the measurement. */
  long replies() {
    return ok + notFound + temp + timeout + perm;
  }

  /** The replies that report a failure. */
  long failures() {
    return temp + timeout + perm;
  }
}
