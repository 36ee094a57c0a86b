package org.sockmapd.lookup;

/**
 * A mark for a {@link Thread} that serves many others and must not be held up: a table whose answer
 * takes a while, as that of a database does, gives it on another thread when one of these calls
 * {@link LookupTable#lookup(String, java.util.function.Consumer)}.
 *
 * <p>A thread may rely on it with the tables of this library that ask a server, and with none that
 * does not say so.
 *
 * <p>Such a thread may also lend itself to a table: what it runs {@link #later} may wait for
 * something, as long as it goes on to {@linkplain #serveOthers serve the others} meanwhile.
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

  /**
   * Has this thread run a task when it is done with what it is about, in turn with its other work.
   * To be called by this thread.
   *
   * @param task what to run, once; on another thread should this one end before
   * @param meanwhile what to run when the task first has others {@linkplain #serveOthers served},
   *     before them; if it does not, this is not run
   * @return false when it does not do that, as by default, and the task is not run
   */
  default boolean later(Runnable task, Runnable meanwhile) {
    return false;
  }

  /**
   * Serves whom this thread can serve at once, without waiting. To be called by this thread, from a
   * task that it runs {@link #later} and that waits for something.
   *
   * @return whether there was somebody to serve; by default false
   */
  default boolean serveOthers() {
    return false;
  }

  /**
   * Tells how long this thread has been serving others for tasks that waited. To be called by this
   * thread.
   *
   * @return nanoseconds in all; by default 0
   */
  default long servingNanos() {
    return 0;
  }
}
