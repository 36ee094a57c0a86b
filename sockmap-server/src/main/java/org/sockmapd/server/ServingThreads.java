package org.sockmapd.server;

import java.util.concurrent.ThreadFactory;
import java.util.function.IntSupplier;

/**
 * Makes the threads of connections, and tells which connection would be served better in another
 * way.
 */
final class ServingThreads {
  private static final String NAME = "sockmapd-connection";

  private final ThreadFactory platform = Thread.ofPlatform().daemon().name(NAME).factory();
  private final ThreadFactory virtual = Thread.ofVirtual().name(NAME).factory();
  private final IntSupplier connections;
  private final int processors;
  private final int maxPlatform;

  /** Beyond so many connections, those that are answered from memory go on with virtual threads. */
  private final int few;

  /** Beyond so many connections, those whose answers come later go on in event loops. */
  private final int alone;

  private final boolean loopsAtOnce;

  /**
   * @param connections how many there are
   * @param loopsAtOnce whether every connection is to be in an event loop from its beginning
   */
  ServingThreads(
      ConnectionThreads kind, int processors, IntSupplier connections, boolean loopsAtOnce) {
    this.processors = processors;
    this.connections = connections;
    this.loopsAtOnce = loopsAtOnce;
    this.maxPlatform =
        switch (kind) {
          case PLATFORM -> Integer.MAX_VALUE;
          case VIRTUAL -> 0;
          case MIXED -> ConnectionThreads.FEW;
        };
    boolean mixed = kind == ConnectionThreads.MIXED;
    this.few = mixed ? ConnectionThreads.FEW_PER_PROCESSOR * processors : Integer.MAX_VALUE;
    this.alone = mixed ? ConnectionThreads.ALONE_PER_PROCESSOR * processors : Integer.MAX_VALUE;
  }

  int processors() {
    return processors;
  }

  /** Makes the thread of a new connection, which is among those counted. */
  Thread first(Runnable task) {
    ThreadFactory threads = connections.getAsInt() <= maxPlatform ? platform : virtual;
    return threads.newThread(task);
  }

  /** Makes the thread that goes on with a connection. */
  Thread further(Runnable task) {
    return virtual.newThread(task);
  }

  /** Starts a thread; false when there can be none. */
  static boolean started(Thread thread) {
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError noThreadLeft) {
      // The system's limit on threads; a heap that is full shows elsewhere within moments.
      return false;
    }
  }

  /**
   * Tells how the connection that the calling thread serves should go on. Never from a virtual
   * thread to a platform thread: once a virtual thread has used a socket, a read by a platform
   * thread costs a further system call.
   *
   * @param mayLoop whether it may go on in an event loop
   */
  Onward onward(Pace pace, boolean mayLoop) {
    if (mayLoop && loopsAtOnce) {
      return Onward.IN_LOOP;
    }
    if (isBetterVirtual(pace)) {
      return Thread.currentThread().isVirtual() ? Onward.HERE : Onward.VIRTUALLY;
    }
    boolean loop = mayLoop && connections.getAsInt() > alone && pace.late();
    return loop ? Onward.IN_LOOP : Onward.HERE;
  }

  /** Tells whether a connection should stay in its event loop. */
  boolean staysInLoop(Pace pace) {
    return loopsAtOnce || !(pace.heldUp() || pace.prompt());
  }

  private boolean isBetterVirtual(Pace pace) {
    return connections.getAsInt() > few && pace.prompt();
  }
}
