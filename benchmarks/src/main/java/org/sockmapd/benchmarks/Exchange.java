package org.sockmapd.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * A client that sends the same requests again and again, in one write, and checks the replies to
 * them. What it needs is made beforehand: an exchange allocates nothing. For use by one thread.
 */
final class Exchange implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteBuffer requests;
  private final ByteBuffer expected;
  private final ByteBuffer replies;

  /**
   * Connects.
   *
   * @param pipelined how many requests are sent before the first reply is read
   */
  Exchange(Endpoint.Inet server, SocketmapRequest request, SocketmapReply reply, int pipelined)
      throws IOException {
    this.requests = direct(Wire.bytes(request, pipelined));
    this.expected = direct(Wire.bytes(reply, pipelined));
    this.replies = ByteBuffer.allocateDirect(expected.capacity());
    this.channel = SocketChannel.open(new InetSocketAddress(server.host(), server.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /**
   * Sends the requests and waits for the replies.
   *
   * @throws IOException if the connection ends, or a reply is another than expected
   */
  void run() throws IOException {
    requests.rewind();
    while (requests.hasRemaining()) {
      channel.write(requests);
    }
    replies.clear();
    while (replies.hasRemaining()) {
      if (channel.read(replies) < 0) {
        throw new EOFException("the server closed the connection");
      }
    }
    if (replies.flip().mismatch(expected) >= 0) {
      throw new IOException("another reply than expected");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
