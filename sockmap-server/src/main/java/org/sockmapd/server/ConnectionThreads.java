package org.sockmapd.server;

/** What kind of thread serves a connection. */
public enum ConnectionThreads {
  /** An operating-system thread each. */
  PLATFORM,
  /** A virtual thread each, which takes little memory while the connection is idle. */
  VIRTUAL;

  /**
   * The first version in which a virtual thread that waits inside {@code synchronized} (JEP 491),
   * as database drivers do, holds no other thread.
   */
  private static final int UNPINNED = 24;

  /**
   * The kind that suits the running JVM: virtual threads where waiting inside {@code synchronized}
   * does not hold the thread that carries them (JEP 491, from 24 on), platform threads before. On
   * an older JVM as many slow lookups as the machine has processors could stop every connection.
   *
   * @return the recommended kind
   */
  public static ConnectionThreads recommended() {
    return Runtime.version().feature() >= UNPINNED ? VIRTUAL : PLATFORM;
  }
}
