package org.sockmapd.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringReader;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;

/** A connection to the server on which nothing waits. For use by one thread. */
final class Wire {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final NetstringReader reader;
  private final NetstringWriter writer;
  private final Outgoing outgoing;

  private Wire(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
    this.outgoing = new Outgoing(channel);
    this.reader = new NetstringReader(new Incoming(channel), SocketmapLimits.MAX_BYTES);
    this.writer = new NetstringWriter(outgoing);
  }

  static List<SocketAddress> addresses(Endpoint endpoint) throws UnknownHostException {
    return switch (endpoint) {
      case Endpoint.Inet(String host, int port) ->
          Arrays.stream(InetAddress.getAllByName(host))
              .<SocketAddress>map(address -> new InetSocketAddress(address, port))
              .toList();
      case Endpoint.Unix(var path) -> List.of(UnixDomainSocketAddress.of(path));
    };
  }

  /**
   * Begins to connect.
   *
   * @param selector tells when there is something to do
   * @param owner attached to what the selector tells
   */
  static Wire to(SocketAddress address, Selector selector, LoadConnection owner)
      throws IOException {
    boolean inet = address instanceof InetSocketAddress;
    SocketChannel channel =
        inet ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean begun = false;
    try {
      channel.configureBlocking(false);
      if (inet) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      int next = channel.connect(address) ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
      Wire wire = new Wire(channel, channel.register(selector, next, owner));
      begun = true;
      return wire;
    } catch (UnsupportedAddressTypeException e) {
      throw new IOException("this machine has no IPv6", e);
    } finally {
      if (!begun) {
        channel.close();
      }
    }
  }

  /**
   * Tells whether connecting failed since the queue of a UNIX socket is full, which a channel that
   * does not wait cannot be told otherwise (EAGAIN, {@code connect}(2)).
   */
  static boolean isQueueFull(IOException failure) {
    return failure instanceof SocketException
        && String.valueOf(failure.getMessage()).contains("temporarily unavailable");
  }

  boolean isConnected() {
    return channel.isConnected();
  }

  /** Goes on connecting; false while that is under way. */
  boolean finishConnect() throws IOException {
    boolean connected = channel.finishConnect();
    if (connected) {
      key.interestOps(SelectionKey.OP_READ);
    }
    return connected;
  }

  void write(ByteBuffer payload) throws IOException {
    writer.write(payload);
  }

  /** Sends what was written; what finds no room follows by {@link #flushOn}. */
  void flush() throws IOException {
    writer.flush();
    awaitRoom();
  }

  /** Sends what found no room before. */
  void flushOn() throws IOException {
    if (outgoing.isWaiting()) {
      outgoing.flushOn();
      awaitRoom();
    }
  }

  private void awaitRoom() {
    boolean waits = outgoing.isWaiting();
    if (waits != ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
      key.interestOps(SelectionKey.OP_READ | (waits ? SelectionKey.OP_WRITE : 0));
    }
  }

  /** The next payload, if it has come as a whole. */
  @Nullable ByteBuffer read() throws IOException {
    try {
      ByteBuffer payload = reader.read();
      if (payload == null) {
        throw new EOFException("the server closed the connection");
      }
      return payload;
    } catch (NothingYet e) {
      return null;
    }
  }

  /** Tells whether {@link #read} finds something in what has been read already. */
  boolean hasBuffered() {
    return reader.hasBuffered();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      key.cancel(); // It failed before, or is not needed any more.
    }
  }

  private static final class NothingYet extends IOException {
    private static final long serialVersionUID = 1;

    /** No failure: nobody asks where. */
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private static final class Incoming extends InputStream {
    private final SocketChannel channel;

    Incoming(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = channel.read(ByteBuffer.wrap(to, offset, length));
      if (count == 0) {
        throw new NothingYet();
      }
      return count;
    }
  }

  private static final class Outgoing extends OutputStream {
    private final SocketChannel channel;

    /** What the channel did not take, oldest first. */
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

    Outgoing(SocketChannel channel) {
      this.channel = channel;
    }

    boolean isWaiting() {
      return !waiting.isEmpty();
    }

    void flushOn() throws IOException {
      for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
        channel.write(next);
        if (next.hasRemaining()) {
          return;
        }
        waiting.remove();
      }
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      ByteBuffer more = ByteBuffer.wrap(bytes, from, count);
      if (waiting.isEmpty()) {
        channel.write(more);
      }
      if (more.hasRemaining()) {
        waiting.add(ByteBuffer.allocate(more.remaining()).put(more).flip());
      }
    }
  }
}
