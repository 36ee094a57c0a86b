package org.sockmapd.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way out to a client. Tells whether a write is under way, so that one that takes too long can
 * be found without a timer for each.
 */
final class WatchedOutput extends OutputStream {
  private final OutputStream out;

  /** Counts the beginnings and ends of writes, so it is odd while one is under way. */
  private final AtomicInteger phase = new AtomicInteger();

  WatchedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    nextPhase();
    out.write(bytes, from, count);
    nextPhase();
  }

  int phase() {
    return phase.getAcquire();
  }

  static boolean isWriting(int phase) {
    return (phase & 1) != 0;
  }

  /** One thread writes at a time, each after the other. */
  private void nextPhase() {
    phase.setRelease(phase.getPlain() + 1);
  }
}
