package org.sockmapd.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The way out to a client. Tells whether a write is under way, so that one that takes too long can
 * be found without a timer for each.
 */
final class WatchedOutput extends OutputStream {
  /** How often a client that does not read is tried, where its channel does not block. */
  private static final long RETRY_NANOS = Duration.ofMillis(5).toNanos();

  private final WritableByteChannel channel;

  /** Counts the beginnings and ends of writes, so it is odd while one is under way. */
  private final AtomicInteger phase = new AtomicInteger();

  private volatile boolean heldUp;

  WatchedOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  /**
   * Writes all, and waits for the client as long as it takes, whether the channel blocks or not.
   */
  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    nextPhase();
    ByteBuffer left = ByteBuffer.wrap(bytes, from, count);
    while (left.hasRemaining()) {
      if (channel.write(left) == 0) {
        heldUp = true;
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
    nextPhase();
  }

  int phase() {
    return phase.getAcquire();
  }

  static boolean isWriting(int phase) {
    return (phase & 1) != 0;
  }

  /** Tells whether the client did not read at some time, and the channel did not block. */
  boolean heldUp() {
    return heldUp;
  }

  /** One thread writes at a time, each after the other. */
  private void nextPhase() {
    phase.setRelease(phase.getPlain() + 1);
  }
}
