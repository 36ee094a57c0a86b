package org.sockmapd.lookup.sockets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.sockmapd.lookup.NonBlocking;

/**
 * Looks for what is coming for a moment before a read waits for it, as long as one thread alone
 * reads: then to wake it, and the processor that has gone to sleep with it, takes longer than the
 * answer. Where several threads read, processors have no time to sleep. Other threads that are
 * ready to run go first all the while. As long as nothing comes so soon, it is seldom tried.
 *
 * <p>A virtual thread waits at once. One that {@linkplain NonBlocking must not be held up} serves
 * others for a while, and waits when nothing comes even then. For use by one thread at a time.
 */
public final class PollingInputStream extends FilterInputStream {
  /** What takes longer is not asked again by a thread that serves others. */
  private static final long SERVING_NANOS = Duration.ofMillis(1).toNanos();

  /** Of all streams, as they share the processors. */
  private static final SoleReader READER = new SoleReader();

  private final long mostNanos;
  private final SoleReader reader;
  private final LongSupplier nanoTime;
  private final Runnable yield;
  private final PollingRecord record = new PollingRecord();

  /**
   * Polls another stream.
   *
   * @param in a socket's stream, which can tell what is {@linkplain InputStream#available there}
   * @param most how long to look, from a few microseconds on
   */
  public PollingInputStream(InputStream in, Duration most) {
    this(in, most, READER, System::nanoTime, Thread::yield);
  }

  PollingInputStream(
      InputStream in, Duration most, SoleReader reader, LongSupplier nanoTime, Runnable yield) {
    super(in);
    this.mostNanos = most.toNanos();
    this.reader = reader;
    this.nanoTime = nanoTime;
    this.yield = yield;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Thread current = Thread.currentThread();
    if (current.isVirtual()) {
      reader.anotherReads();
    } else if (current instanceof NonBlocking server) {
      reader.anotherReads();
      serveOthers(server);
    } else if (reader.isCurrentThread() && record.next()) {
      record.tried(poll());
    }
    return in.read(to, offset, length);
  }

  private void serveOthers(NonBlocking server) throws IOException {
    long begun = nanoTime.getAsLong();
    while (in.available() == 0 && nanoTime.getAsLong() - begun < SERVING_NANOS) {
      if (!server.serveOthers()) {
        yield.run();
      }
    }
  }

  /** Tells whether something came in time. */
  private boolean poll() throws IOException {
    long begun = nanoTime.getAsLong();
    boolean came = in.available() > 0;
    while (!came && isInTime(begun)) {
      yield.run();
      came = in.available() > 0;
    }
    // A thread that was put off for longer would have been woken sooner.
    return came && isInTime(begun);
  }

  private boolean isInTime(long begun) {
    return nanoTime.getAsLong() - begun < mostNanos;
  }
}
