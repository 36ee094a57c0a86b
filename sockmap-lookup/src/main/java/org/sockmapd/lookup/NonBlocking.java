package org.sockmapd.lookup;

/**
 * A mark for a {@link Thread} that serves many others and must not be held up: a table whose answer
 * takes a while, as that of a database does, gives it on another thread when one of these calls
 * {@link LookupTable#lookup(String, java.util.function.Consumer)}.
 *
 * <p>A thread may rely on it with the tables of this library that ask a server, and with none that
 * does not say so.
 */
public interface NonBlocking {

  /**
   * Tells whether the calling thread is one of these.
   *
   * @return whether it must not be held up
   */
  static boolean isCurrentThread() {
    return Thread.currentThread() instanceof NonBlocking;
  }
}
