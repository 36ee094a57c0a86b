package org.sockmapd.lookup.sockets;

/** Tells by what came of it whether something is worth trying. For use by one thread at a time. */
public final class PollingRecord {
  /** Of so many reads one is tried at the least. */
  private static final int MAX_PAUSE = 64;

  private int pause = 1;
  private int left;

  /** Makes a record that begins with a try. */
  public PollingRecord() {}

  /**
   * Counts an occasion.
   *
   * @return whether it is to be tried
   */
  public boolean next() {
    if (left > 0) {
      left--;
      return false;
    }
    return true;
  }

  /**
   * Notes how it went: each failure after another makes the next try wait twice as long.
   *
   * @param success whether it was worth it
   */
  public void tried(boolean success) {
    if (success) {
      pause = 1;
    } else {
      left = pause;
      pause = Math.min(MAX_PAUSE, 2 * pause);
    }
  }
}
