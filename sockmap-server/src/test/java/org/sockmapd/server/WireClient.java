package org.sockmapd.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.sockmapd.protocol.Endpoint;

/** A client that writes what it is told, right or wrong, and reads netstrings. */
final class WireClient implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;

  private WireClient(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
  }

  static WireClient connect(Endpoint endpoint) throws IOException {
    return new WireClient(SocketChannel.open(address(endpoint)));
  }

  /** A client whose kernel holds as little unread as it can. */
  static WireClient connectWithSmallBuffer(Endpoint endpoint) throws IOException {
    SocketAddress address = address(endpoint);
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 1);
    channel.connect(address);
    return new WireClient(channel);
  }

  private static SocketAddress address(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Inet(String host, int port) -> new InetSocketAddress(host, port);
      case Endpoint.Unix(var path) -> UnixDomainSocketAddress.of(path);
    };
  }

  static String netstring(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8).length + ":" + payload + ",";
  }

  String ask(String payload) throws IOException {
    send(netstring(payload));
    return read();
  }

  WireClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  WireClient send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  /** Reads the payload of one netstring. */
  String read() throws IOException {
    int length = 0;
    int next = next();
    for (; next != ':'; next = next()) {
      length = 10 * length + next - '0';
    }
    String payload = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (next() != ',') {
      throw new IOException("not a netstring: " + payload);
    }
    return payload;
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("closed by the server");
    }
    return next;
  }

  /** The port on this side of a TCP connection. */
  int localPort() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  void endInput() throws IOException {
    channel.shutdownOutput();
  }

  /** Closes in such a way that the server sees a reset, as when a process is killed. */
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
