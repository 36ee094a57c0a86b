package org.sockmapd.protocol;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One connection of a client: a request out, its reply in. After a failure it is of no more use.
 */
final class ClientConnection implements Closeable {
  private final TimedChannel channel;
  private final NetstringReader reader;
  private final NetstringWriter writer;

  ClientConnection(TimedChannel channel, SocketmapLimits limits) {
    this.channel = channel;
    this.reader = new NetstringReader(channel.input(), limits.maxReplyBytes());
    this.writer = new NetstringWriter(channel.output());
  }

  /**
   * Tells whether the next reply can only be the answer to the next request: the server has not
   * closed, and has sent nothing that was not asked for.
   */
  boolean isReusable() {
    try {
      return !reader.hasUnread() && channel.isQuiet();
    } catch (IOException broken) {
      return false; // A new connection will tell whether the server is there.
    }
  }

  SocketmapReply exchange(SocketmapRequest request, Duration writeTimeout, Duration readTimeout)
      throws IOException {
    channel.until(Deadline.in(writeTimeout, "sending the request"));
    writer.write(request);
    writer.flush();
    channel.until(Deadline.in(readTimeout, "the reply"));
    ByteBuffer payload = reader.read();
    if (payload == null) {
      throw new EOFException("the connection was closed before the reply");
    }
    return SocketmapReply.parse(payload);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
