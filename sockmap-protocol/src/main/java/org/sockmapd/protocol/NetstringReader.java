package org.sockmapd.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads netstrings from a stream, strictly: {@code LENGTH:PAYLOAD,} with the length in ASCII digits
 * without a leading zero (except {@code 0} itself), sign or space.
 *
 * <p>The input may arrive in any pieces, and may hold many netstrings at once. A length is refused
 * digit by digit, so that a hostile one neither overflows nor allocates. The buffer begins with one
 * kibibyte, grows only as the bytes of an accepted netstring arrive, and is given back before the
 * next wait for input: an idle connection holds one kibibyte.
 *
 * <p>A read that fails takes nothing away. After a timeout of the stream, {@link #read} goes on
 * where it was; after a malformed netstring it fails the same way again.
 *
 * <p>For use by one thread at a time.
 */
public final class NetstringReader {
  private static final int INITIAL_BYTES = 1024;

  private final InputStream in;
  private final int maxPayloadBytes;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private ByteBuffer view = ByteBuffer.wrap(buffer);

  /** The current netstring begins at {@code start}; what has arrived ends at {@code end}. */
  private int start;

  private int end;

  /** How many bytes of the current netstring's length and colon were read. */
  private int scanned;

  private long length;
  private boolean lengthKnown;

  /** The place of {@code buffer[start]} in the whole stream. */
  private long offset;

  /**
   * Reads from a stream. The reader buffers what it can get, so nothing else should read from it.
   *
   * @param in where the netstrings come from; never closed here
   * @param maxPayloadBytes the longest payload accepted: 1 to {@link SocketmapLimits#MAX_BYTES}
   * @throws IllegalArgumentException if the limit is out of its range
   */
  public NetstringReader(InputStream in, int maxPayloadBytes) {
    this.in = in;
    this.maxPayloadBytes = SocketmapLimits.requireInRange("maxPayloadBytes", maxPayloadBytes);
  }

  /**
   * Reads the next netstring, waiting for it as long as the stream does.
   *
   * @return the payload, a view on this reader's buffer that is valid until the next call; null
   *     where the stream ends between two netstrings
   * @throws NetstringException if the bytes are not a netstring, or one over the limit
   * @throws EOFException if the stream ends inside a netstring
   * @throws IOException if the stream fails
   */
  public @Nullable ByteBuffer read() throws IOException {
    while (!scan()) {
      if (!fill()) {
        return end();
      }
    }
    return take();
  }

  /**
   * Tells whether {@link #read} would return or fail without waiting for input: a whole further
   * netstring has arrived, or enough of a malformed one. Never reads from the stream.
   *
   * @return whether the next {@code read} is decided
   */
  public boolean hasBuffered() {
    try {
      return scan();
    } catch (NetstringException malformed) {
      return true; // The next read finds it again and throws it.
    }
  }

  /** Tells whether anything has arrived that was not read, be it a part of a netstring. */
  boolean hasUnread() {
    return start < end;
  }

  /** Goes on as far as the buffered bytes allow; true when a whole netstring is there. */
  private boolean scan() throws NetstringException {
    while (!lengthKnown) {
      if (start + scanned == end) {
        return false;
      }
      scanLength(buffer[start + scanned]);
    }
    if (end - start - scanned <= length) {
      return false;
    }
    requireComma(start + scanned + (int) length);
    return true;
  }

  private void scanLength(byte next) throws NetstringException {
    if (next == ':' && scanned > 0) {
      lengthKnown = true;
    } else if (next >= '0' && next <= '9') {
      length = longer(next - '0');
    } else {
      throw malformed(
          "netstring length: expected " + (scanned == 0 ? "a digit" : "a digit or ':'"), next);
    }
    scanned++;
  }

  /** The bound before the trust: refused digit by digit, before anything is allocated for it. */
  private long longer(int digit) throws NetstringException {
    if (scanned == 1 && length == 0) {
      throw new NetstringException("netstring length: leading zero at byte " + offset);
    }
    long longer = 10 * length + digit;
    if (longer > maxPayloadBytes) {
      throw new NetstringException(
          "netstring length: limit is %d, got %d or more at byte %d"
              .formatted(maxPayloadBytes, longer, offset));
    }
    return longer;
  }

  private void requireComma(int at) throws NetstringException {
    if (buffer[at] != ',') {
      throw malformed("netstring of " + length + " bytes: expected ',' after it", at - start);
    }
  }

  private NetstringException malformed(String what, byte got) {
    return new NetstringException(what + ", got " + named(got) + " at byte " + (offset + scanned));
  }

  private NetstringException malformed(String what, int at) {
    return new NetstringException(
        what + ", got " + named(buffer[start + at]) + " at byte " + (offset + at));
  }

  private static String named(byte got) {
    return got > ' ' && got < 0x7f ? "'" + (char) got + "'" : "0x%02x".formatted(got);
  }

  private ByteBuffer take() {
    int from = start + scanned;
    int to = from + (int) length;
    offset += to + 1 - start;
    start = to + 1;
    scanned = 0;
    length = 0;
    lengthKnown = false;
    return view.limit(to).position(from);
  }

  private @Nullable ByteBuffer end() throws EOFException {
    if (start == end) {
      return null;
    }
    throw new EOFException(
        "input ended inside a netstring, at byte " + (offset + end - start) + " of the stream");
  }

  /** Waits for more input; false at the end of the stream. */
  private boolean fill() throws IOException {
    makeRoom();
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  private void makeRoom() {
    if (start == end) {
      start = 0;
      end = 0;
      if (buffer.length > INITIAL_BYTES) {
        use(new byte[INITIAL_BYTES]);
      }
    } else if (end == buffer.length && start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    } else if (end == buffer.length) {
      // Doubled only once it is full, so that announcing a large netstring costs the peer its
      // bytes.
      use(Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, scanned + length + 1)));
    }
  }

  private void use(byte[] other) {
    buffer = other;
    view = ByteBuffer.wrap(other);
  }
}
