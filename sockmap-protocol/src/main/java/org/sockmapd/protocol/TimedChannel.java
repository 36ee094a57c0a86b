package org.sockmapd.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connected socket on which no wait is endless. A UNIX socket has no read timeout in the JDK, so
 * both kinds are non-blocking and wait with a selector until the deadline that was set last.
 */
final class TimedChannel implements Closeable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private Deadline deadline;

  private TimedChannel(SocketChannel channel, Selector selector, Deadline deadline)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadline = deadline;
    this.key = channel.register(selector, 0);
  }

  /** Takes over a channel, connected or not, and closes it if that fails. */
  static TimedChannel of(SocketChannel channel, Deadline deadline) throws IOException {
    try {
      channel.configureBlocking(false);
      return new TimedChannel(channel, channel.provider().openSelector(), deadline);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void connect(InetSocketAddress address) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (!channel.connect(address)) {
      do {
        await(SelectionKey.OP_CONNECT);
      } while (!channel.finishConnect());
    }
  }

  /** Sets until when the reads and writes that follow may wait. */
  void until(Deadline end) {
    deadline = end;
  }

  /** Tells whether the peer has neither closed nor sent anything: nothing was asked of it yet. */
  boolean isQuiet() throws IOException {
    return channel.read(ByteBuffer.allocate(1)) == 0;
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("read into an array");
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return TimedChannel.this.read(ByteBuffer.wrap(to, offset, length));
      }
    };
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        TimedChannel.this.write(ByteBuffer.wrap(from, offset, length));
      }
    };
  }

  private int read(ByteBuffer to) throws IOException {
    int count = channel.read(to);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = channel.read(to);
    }
    return count;
  }

  private void write(ByteBuffer from) throws IOException {
    channel.write(from);
    while (from.hasRemaining()) {
      await(SelectionKey.OP_WRITE);
      channel.write(from);
    }
  }

  private void await(int operation) throws IOException {
    long millis = deadline.millisLeft();
    key.interestOps(operation);
    selector.select(millis);
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
