package org.sockmapd.lookup.sql;

/** What a failure says of the node it happened on, and so what to do next. */
enum FailureKind {
  /** The node cannot be asked: it is taken out of use, and the next one is tried. */
  NODE,
  /** No node is in use, so that none was asked. */
  ALL_DOWN,
  /** The node gave up on the statement for lack of time; the next one may be quicker. */
  TIMEOUT,
  /** The node had no luck this time (a deadlock, a full disk); the next one is tried. */
  PASSING,
  /** The node has enough connections, or this account has; those that there are go on. */
  FULL,
  /** The session has lost what it was given; a new one may do. Else as {@link #PASSING}. */
  SESSION,
  /**
   * The connection's session is another client's too, and what came is no answer to what was asked:
   * it is asked again with nothing kept in a session.
   */
  SHARED,
  /** The key does not fit the query, such as letters for a number. Other keys do. */
  KEY,
  /** The query is wrong or not allowed, on every node. */
  QUERY
}
