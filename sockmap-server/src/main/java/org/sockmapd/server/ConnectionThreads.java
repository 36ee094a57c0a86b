package org.sockmapd.server;

/** What kind of thread serves a connection. */
public enum ConnectionThreads {
  /** An operating-system thread each. */
  PLATFORM,
  /** A virtual thread each, which takes little memory while the connection is idle. */
  VIRTUAL,
  /**
   * An operating-system thread each for the first 64 at one time, and for those beyond a virtual
   * one each. While there are more than one for each processor, those for which a table has the
   * answers found together, as from a database, share one thread for each two processors, which
   * waits for none of them. While there are more than six for each processor, those that are
   * answered from memory, as from a cache, go on with a virtual thread.
   */
  MIXED;

  /** From some such number on virtual threads are no slower, and save memory. */
  static final int FEW = 64;

  /**
   * Beyond so many, one thread for all of them asks databases faster than a platform thread each.
   */
  static final int ALONE_PER_PROCESSOR = 1;

  /** Beyond so many, a virtual thread is faster from memory than a platform thread. */
  static final int FEW_PER_PROCESSOR = 6;

  /**
   * The first version in which a virtual thread that waits inside {@code synchronized} (JEP 491),
   * as database drivers do, holds no other thread.
   */
  private static final int UNPINNED = 24;

  /**
   * The kind that suits the running JVM: from 24 on {@link #MIXED}, since a virtual thread costs
   * more to wake than a platform thread as long as there are few of them. Before, {@link
   * #PLATFORM}: there a virtual thread that waits inside {@code synchronized} holds the thread that
   * carries it (JEP 491), and as many slow lookups as the machine has processors could stop every
   * connection.
   *
   * @return the recommended kind
   */
  public static ConnectionThreads recommended() {
    return Runtime.version().feature() >= UNPINNED ? MIXED : PLATFORM;
  }
}
