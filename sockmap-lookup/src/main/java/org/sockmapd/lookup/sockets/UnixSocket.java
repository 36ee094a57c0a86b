package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A UNIX socket in the form that drivers know: the JDK has them as channels, which have no
 * time-out. What there is of TCP alone does nothing. For use by one thread, but that any may close
 * it.
 */
final class UnixSocket extends Socket implements DriverSocket {
  private static final long FULL_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
  private static final int BUFFER_BYTES = 16 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final DriverStreams streams = new DriverStreams();
  private final Input input = new Input();
  private final Output output = new Output();
  private volatile int timeoutMillis;

  private UnixSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param timeout how long to wait while more connections wait to be accepted than the listener
   *     lets
   * @throws UnixSocketException if it cannot be done
   * @throws SocketTimeoutException if the time is over
   */
  static UnixSocket connect(Path path, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return connect(path);
      } catch (SocketException e) {
        UnixSocketException failure = UnixSocketException.of(path, e);
        if (failure.reason() != UnixSocketException.Reason.OTHER) {
          throw failure;
        }
      }
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new SocketTimeoutException("no connection to " + path + " was accepted");
      }
      LockSupport.parkNanos(FULL_PAUSE_NANOS);
    }
  }

  private static UnixSocket connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean connected = false;
    try {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      UnixSocket socket = new UnixSocket(channel);
      connected = true;
      return socket;
    } finally {
      if (!connected) {
        channel.close();
      }
    }
  }

  /** Waits until the channel is ready. */
  private void await(int operation, int millis) throws IOException {
    try {
      key.interestOps(operation);
      if (selector.select(millis) == 0 && selector.isOpen()) {
        throw Thread.currentThread().isInterrupted()
            ? new SocketException("interrupted")
            : new SocketTimeoutException("no answer in " + millis + " ms");
      }
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw closed(e);
    }
  }

  private static SocketException closed(Exception cause) {
    SocketException closed = new SocketException("the socket is closed");
    closed.initCause(cause);
    return closed;
  }

  /** Reads what has come, and waits if nothing has. */
  private final class Input extends InputStream {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (!buffer.hasRemaining()) {
        int read = fill();
        if (read < 0) {
          return -1;
        }
        if (read == 0) {
          await(SelectionKey.OP_READ, timeoutMillis);
        }
      }
      int count = Math.min(length, buffer.remaining());
      buffer.get(to, offset, count);
      return count;
    }

    @Override
    public int available() throws IOException {
      if (!buffer.hasRemaining()) {
        fill();
      }
      return buffer.remaining();
    }

    private int fill() throws IOException {
      buffer.clear();
      try {
        return channel.read(buffer);
      } catch (ClosedChannelException e) {
        throw closed(e);
      } finally {
        buffer.flip();
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  /** Writes all, waiting for the other side to read if need be, as TCP does. */
  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) {
        if (write(left) == 0) {
          await(SelectionKey.OP_WRITE, 0);
        }
      }
    }

    private int write(ByteBuffer bytes) throws IOException {
      try {
        return channel.write(bytes);
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  @Override
  public DriverStreams streams() {
    return streams;
  }

  @Override
  public InputStream getInputStream() {
    return streams.input(input);
  }

  @Override
  public OutputStream getOutputStream() {
    return streams.output(output);
  }

  /** Ends the waits of other threads, too. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      selector.close();
    }
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public boolean isOutputShutdown() {
    return false;
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int getPort() {
    return 0;
  }

  @Override
  public int getLocalPort() {
    return 0;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return remoteAddress();
  }

  private SocketAddress remoteAddress() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      return UnixDomainSocketAddress.of("");
    }
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return UnixDomainSocketAddress.of("");
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public int getSendBufferSize() {
    return BUFFER_BYTES;
  }

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public int getReceiveBufferSize() {
    return BUFFER_BYTES;
  }

  @Override
  public void setTrafficClass(int trafficClass) {}

  @Override
  public void setReuseAddress(boolean on) {}

  @Override
  public String toString() {
    return "UnixSocket[" + remoteAddress() + "]";
  }
}
