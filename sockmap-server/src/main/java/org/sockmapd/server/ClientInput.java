package org.sockmapd.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.sockmapd.lookup.sockets.PollingInputStream;

/** What comes from a client. While its channel does not block, a read waits for nothing. */
final class ClientInput extends InputStream {
  /** A mail server that has been waiting for an answer asks again sooner, if it has more to ask. */
  private static final Duration THINKING = Duration.ofNanos(150_000);

  private final SocketChannel channel;
  private final InputStream blocking;

  /** Nothing has come, of what may come yet. */
  static final class NothingYet extends IOException {
    private static final long serialVersionUID = 1;

    private NothingYet() {
      super("nothing has come");
    }

    /** No failure: nobody asks where. */
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  ClientInput(SocketChannel channel) {
    this.channel = channel;
    this.blocking = new PollingInputStream(Channels.newInputStream(channel), THINKING);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (channel.isBlocking()) {
      return blocking.read(to, offset, length);
    }
    int count = channel.read(ByteBuffer.wrap(to, offset, length));
    if (count == 0) {
      throw new NothingYet();
    }
    return count;
  }
}
