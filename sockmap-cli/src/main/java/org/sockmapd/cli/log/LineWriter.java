package org.sockmapd.cli.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines on a thread of its own, so that a slow or full disk never holds up who logs. Keeps a
 * bounded number of bytes; a line for which there is no room is lost and counted. Safe for use by
 * many threads.
 */
final class LineWriter {
  static final int MAX_BYTES = 1 << 20;
  private static final long DELAY_NANOS = Duration.ofMillis(200).toNanos();

  private final LongFunction<byte[]> lossNotice;
  private final Consumer<? super IOException> outage;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile WritableByteChannel channel;
  private LineBatch filling = new LineBatch(MAX_BYTES);
  private LineBatch writing = new LineBatch(MAX_BYTES);
  private long taken;
  private long inHand;
  private long settled;
  private long lost;
  private boolean urgent;
  private boolean closed;
  // Of the writing thread alone: where half a line stands, and whether the channel takes nothing.
  private @Nullable WritableByteChannel torn;
  private boolean failing;

  /**
   * Starts the thread.
   *
   * @param channel where lines go
   * @param lossNotice makes the line that tells how many lines were lost
   * @param outage hears, once, that the channel does not take lines any more
   */
  LineWriter(
      WritableByteChannel channel,
      LongFunction<byte[]> lossNotice,
      Consumer<? super IOException> outage) {
    this.channel = channel;
    this.lossNotice = lossNotice;
    this.outage = outage;
    this.thread = Thread.ofPlatform().name("log").daemon().start(this::run);
  }

  /** Takes one line, which ends with a line feed. Never waits for the channel. */
  void append(byte[] line, boolean atOnce) {
    lock.lock();
    try {
      boolean idle = filling.isEmpty();
      taken++;
      if (!filling.add(line)) {
        lost++;
      }
      urgent |= atOnce || filling.isHalfFull();
      if (idle || urgent) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends the lines from now on elsewhere; some of those taken before may go there too. */
  void redirect(WritableByteChannel next) {
    channel = next;
  }

  /** Waits for the lines taken so far to be written or lost, but not for ever. */
  void flush(Duration patience) {
    lock.lock();
    try {
      long last = taken;
      urgent |= settled < last;
      changed.signalAll();
      long left = patience.toNanos();
      while (settled < last && left > 0 && thread.isAlive()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread when it has written what is left, or leaves it behind after a time. */
  void close(Duration patience) {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (awaitLines()) {
        write();
        settle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for lines, and a moment longer for more of them. */
  private boolean awaitLines() throws InterruptedException {
    lock.lock();
    try {
      while (filling.isEmpty() && !closed) {
        changed.await();
      }
      long left = DELAY_NANOS;
      while (!urgent && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !filling.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    long unreported = swap();
    WritableByteChannel to = channel;
    ByteBuffer lines = writing.bytes();
    try {
      writeAll(to, preamble(to, unreported));
      torn = null;
      report(unreported);
      writeAll(to, lines);
      failing = false;
    } catch (IOException e) {
      giveUp(to, lines, e);
    }
  }

  /** Takes over the lines that came in, and tells how many were lost before them. */
  private long swap() {
    lock.lock();
    try {
      LineBatch full = filling;
      filling = writing;
      filling.clear();
      writing = full;
      inHand = taken;
      urgent = false;
      return lost;
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    lock.lock();
    try {
      settled = inHand;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private ByteBuffer preamble(WritableByteChannel to, long unreported) {
    byte[] notice = unreported > 0 ? lossNotice.apply(unreported) : new byte[0];
    ByteBuffer preamble = ByteBuffer.allocate(notice.length + 1);
    if (to.equals(torn)) {
      preamble.put((byte) '\n');
    }
    return preamble.put(notice).flip();
  }

  private static void writeAll(WritableByteChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private void giveUp(WritableByteChannel to, ByteBuffer lines, IOException cause) {
    if (lines.position() > 0 && lines.get(lines.position() - 1) != '\n') {
      torn = to;
    }
    report(-linesIn(lines));
    if (!failing) {
      failing = true;
      outage.accept(cause);
    }
  }

  private static long linesIn(ByteBuffer bytes) {
    long lines = 0;
    while (bytes.hasRemaining()) {
      lines += bytes.get() == '\n' ? 1 : 0;
    }
    return lines;
  }

  private void report(long reported) {
    lock.lock();
    try {
      lost -= reported;
    } finally {
      lock.unlock();
    }
  }
}
