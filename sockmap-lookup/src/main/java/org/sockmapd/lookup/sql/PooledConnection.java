package org.sockmapd.lookup.sql;

/** A connection of a pool. All but the connection itself is the pool's, under its lock. */
final class PooledConnection {
  private final OpenConnection connection;

  /** Which of the pool's generations of connections it belongs to. */
  final int generation;

  /** When it is to be used no more. */
  final long end;

  /** Since when nobody uses it, if nobody does. */
  long idleSince;

  PooledConnection(OpenConnection connection, int generation, long end) {
    this.connection = connection;
    this.generation = generation;
    this.end = end;
  }

  OpenConnection connection() {
    return connection;
  }
}
