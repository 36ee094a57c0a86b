package org.sockmapd.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes netstrings to a stream. They are gathered in a buffer until {@link #flush}, so that the
 * replies to pipelined requests leave together, and a lone one with one write; text is encoded
 * straight into that buffer.
 *
 * <p>The buffer begins with one kibibyte, grows as needed, and is given back once it was flushed.
 * When more than {@value #PENDING_BYTES} bytes are waiting, the next {@code write} passes them on
 * first: a peer that asks for much at once cannot make it grow without bound.
 *
 * <p>After an {@code IOException} part of a netstring may have been sent: close the connection. For
 * use by one thread at a time.
 */
public final class NetstringWriter {
  private static final int INITIAL_BYTES = 1024;
  private static final int PENDING_BYTES = 16 * 1024;

  /** The longest length in digits, the colon and the comma. */
  private static final int MAX_FRAME_BYTES = 12;

  private final OutputStream out;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int size;

  /**
   * Writes to a stream.
   *
   * @param out where the netstrings go, best without a buffer of its own; never closed here
   */
  public NetstringWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds a netstring of any payload.
   *
   * @param payload the payload, from its position to its limit, which are left as they were
   * @throws IOException if the stream fails while earlier netstrings are passed on
   */
  public void write(ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    begin(length);
    payload.get(payload.position(), buffer, size, length);
    end(size + length);
  }

  /**
   * Adds a request.
   *
   * @param request the request
   * @throws IOException if the stream fails while earlier netstrings are passed on
   */
  public void write(SocketmapRequest request) throws IOException {
    begin(request.encodedLength());
    end(request.encode(buffer, size));
  }

  /**
   * Adds a reply, always with the space after its status word. Its length is not limited here: see
   * {@link SocketmapReply#encodedLength}.
   *
   * @param reply the reply
   * @throws IOException if the stream fails while earlier netstrings are passed on
   */
  public void write(SocketmapReply reply) throws IOException {
    begin(reply.encodedLength());
    int at = Utf8.encode(reply.status(), buffer, size);
    buffer[at++] = ' ';
    end(Utf8.encode(reply.text(), buffer, at));
  }

  /**
   * Passes on what was written, and flushes the stream.
   *
   * @throws IOException if the stream fails
   */
  public void flush() throws IOException {
    passOn();
    out.flush();
  }

  private void begin(int length) throws IOException {
    if (size > PENDING_BYTES) {
      passOn();
    }
    ensureRoom(length + MAX_FRAME_BYTES);
    size = putDecimal(length, size);
    buffer[size++] = ':';
  }

  private void end(int at) {
    buffer[at] = ',';
    size = at + 1;
  }

  private int putDecimal(int number, int at) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  private void ensureRoom(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }
  }

  private void passOn() throws IOException {
    if (size == 0) {
      return;
    }
    int count = size;
    size = 0;
    out.write(buffer, 0, count);
    if (buffer.length > INITIAL_BYTES) {
      buffer = new byte[INITIAL_BYTES];
    }
  }
}
