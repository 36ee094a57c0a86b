package org.sockmapd.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringReader;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;

/**
 * A connection to the server, one thread reading and one at a time writing. Both wait without an
 * end: whoever has no more patience breaks it off, and says why.
 */
final class Wire {
  private final SocketChannel channel;
  private final NetstringReader reader;
  private final NetstringWriter writer;
  private final AtomicReference<@Nullable IOException> cause = new AtomicReference<>();

  private Wire(SocketChannel channel) {
    this.channel = channel;
    this.reader = new NetstringReader(Channels.newInputStream(channel), SocketmapLimits.MAX_BYTES);
    this.writer = new NetstringWriter(Channels.newOutputStream(channel));
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

  /** A wire that leads nowhere yet. */
  static Wire forAddress(SocketAddress address) throws IOException {
    return new Wire(
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open());
  }

  void connect(SocketAddress address) throws IOException {
    if (address instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    channel.connect(address);
  }

  boolean isConnected() {
    return channel.isConnected();
  }

  void write(ByteBuffer payload) throws IOException {
    writer.write(payload);
  }

  void flush() throws IOException {
    writer.flush();
  }

  ByteBuffer read() throws IOException {
    ByteBuffer payload = reader.read();
    if (payload == null) {
      throw new EOFException("the server closed the connection");
    }
    return payload;
  }

  boolean hasBuffered() {
    return reader.hasBuffered();
  }

  /** Closes it under whoever reads or writes. Only the first reason counts. */
  void breakOff(IOException why) {
    cause.compareAndSet(null, why);
    try {
      channel.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Why it broke: what was said when it was broken off, and else what a read or write threw. */
  IOException cause(IOException thrown) {
    IOException said = cause.get();
    return said == null ? thrown : said;
  }
}
