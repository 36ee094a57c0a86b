package org.sockmapd.cli.os;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error of this process. A command waits for whoever reads it, as long
 * as that takes; a daemon must not, or a pipe that nobody reads would keep it from serving and from
 * ending. Safe for use by many threads.
 */
public final class StandardStream extends OutputStream {
  private static final StandardStream OUTPUT = new StandardStream(FileDescriptor.out);
  private static final StandardStream ERROR = new StandardStream(FileDescriptor.err);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static volatile boolean impatient;

  private final OutputStream descriptor;

  /** A write that was not done in time. */
  private volatile @Nullable Future<?> givenUp;

  private @Nullable ExecutorService writer;

  private StandardStream(FileDescriptor descriptor) {
    this.descriptor = new FileOutputStream(descriptor);
  }

  /** Returns standard output. */
  public static StandardStream output() {
    return OUTPUT;
  }

  /** Returns standard error. */
  public static StandardStream error() {
    return ERROR;
  }

  /**
   * Has no thread of this process wait for the readers of its output any longer: for a second when
   * they stop reading, and not at all from then on until they read again. What cannot be written is
   * lost.
   */
  public static void beImpatient() {
    impatient = true;
  }

  /**
   * Tells whether nobody reads what is written; if so, nothing can be.
   *
   * @return true from when a write was given up until it is done
   */
  public boolean isStuck() {
    @Nullable Future<?> write = givenUp;
    return write != null && !write.isDone();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Writes all.
   *
   * @throws IOException if it cannot be written, or is not read in time
   */
  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (!impatient) {
      descriptor.write(bytes, offset, length);
      return;
    }
    if (isStuck()) {
      throw notRead();
    }
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    Future<?> write =
        writer()
            .submit(
                () -> {
                  descriptor.write(copy);
                  return null;
                });
    await(write);
  }

  private ExecutorService writer() {
    if (writer == null) {
      writer =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("standard-stream").factory());
    }
    return writer;
  }

  private void await(Future<?> write) throws IOException {
    try {
      write.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      givenUp = write;
      throw notRead();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException notRead() {
    return new IOException("nobody reads it");
  }
}
