package org.sockmapd.bench;

/** How a run came out: the worst that happened to any request. */
public enum BenchOutcome {
  /** Every reply was OK or NOTFOUND and none was wrong or lost; there was one at least. */
  GOOD,

  /** A reply was PERM. */
  REFUSED,

  /** A reply was TEMP or TIMEOUT, or was lost, or there was none. */
  FAILURES,

  /** A reply was not the expected one, or none of the protocol. */
  WRONG_REPLY,

  /** The result could not be written. */
  NOT_WRITTEN
}
