package org.sockmapd.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sockmapd.protocol.SocketmapReply;

/**
 * The keys to ask for, and the replies they should get: a line a key, which may hold any bytes but
 * tab and newline. After a tab may stand the expected reply, {@code OK VALUE} or {@code NOTFOUND};
 * without one, or with an empty one, any reply will do.
 *
 * <p>Held as they were read, with four bytes more a key, so that a million of them fit anywhere.
 * Immutable.
 */
public final class Keys {
  private static final String OK = "OK";
  private static final String NOT_FOUND = "NOTFOUND";

  private final byte[] text;

  /** Where each line begins; the last one is where a further line would. */
  private final int[] starts;

  private final int longest;
  private final int checked;

  private Keys(byte[] text, int[] starts) throws KeyFileException {
    this.text = text;
    this.starts = starts;
    int longestKey = 0;
    int expectations = 0;
    for (int key = 0; key < count(); key++) {
      longestKey = Math.max(longestKey, keyEnd(key) - starts[key]);
      expectations += requireExpectation(key) ? 1 : 0;
    }
    this.longest = longestKey;
    this.checked = expectations;
  }

  /**
   * Reads keys to the end of a stream.
   *
   * @param in the lines; the last one may do without its newline
   * @return the keys
   * @throws KeyFileException if there is no key, or what follows a tab is no reply
   * @throws IOException if the stream fails
   */
  public static Keys read(InputStream in) throws IOException, KeyFileException {
    byte[] text = in.readAllBytes();
    int[] starts = starts(text);
    if (starts.length == 1) {
      throw new KeyFileException("there is no key");
    }
    return new Keys(text, starts);
  }

  private static int[] starts(byte[] text) {
    int[] starts = new int[1024];
    int count = 1;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' || i == text.length - 1) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = text[i] == '\n' ? i + 1 : i + 2;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  private boolean requireExpectation(int key) throws KeyFileException {
    String expected = expected(key);
    if (expected.isEmpty()) {
      return false;
    }
    if (!expected.equals(OK)
        && !expected.startsWith(OK + " ")
        && !expected.stripTrailing().equals(NOT_FOUND)) {
      throw new KeyFileException(
          "line %d: after the tab stands the expected reply, 'OK VALUE' or 'NOTFOUND', got '%s'"
              .formatted(key + 1, expected));
    }
    return true;
  }

  int count() {
    return starts.length - 1;
  }

  /** How many keys have an expected reply. */
  int checked() {
    return checked;
  }

  /** The bytes of the longest key. */
  int longest() {
    return longest;
  }

  /** Copies a key into an array, and returns the index after it. */
  int copy(int key, byte[] to, int at) {
    int length = keyEnd(key) - starts[key];
    System.arraycopy(text, starts[key], to, at, length);
    return at + length;
  }

  String text(int key) {
    return string(starts[key], keyEnd(key));
  }

  /** The expected reply as it was written; empty when any will do. */
  String expected(int key) {
    return string(expectedStart(key), lineEnd(key));
  }

  /**
   * Tells whether a reply may be given for a key. One that reports a failure always may: it is no
   * wrong answer.
   *
   * @param reply the reply
   * @param payload its bytes, so that the value is compared without a copy of it
   */
  boolean allow(int key, SocketmapReply reply, ByteBuffer payload) {
    int from = expectedStart(key);
    if (from >= lineEnd(key)) {
      return true;
    }
    return switch (reply) {
      case SocketmapReply.Ok ok -> text[from] == 'O' && valueOf(payload).equals(value(key));
      case SocketmapReply.NotFound notFound -> text[from] == 'N';
      case SocketmapReply.Temp temp -> true;
      case SocketmapReply.Timeout timeout -> true;
      case SocketmapReply.Perm perm -> true;
    };
  }

  private ByteBuffer value(int key) {
    int end = lineEnd(key);
    int from = Math.min(expectedStart(key) + OK.length() + 1, end);
    return ByteBuffer.wrap(text, from, end - from);
  }

  private static ByteBuffer valueOf(ByteBuffer payload) {
    ByteBuffer value = payload.duplicate();
    return value.position(Math.min(value.position() + OK.length() + 1, value.limit()));
  }

  private int lineEnd(int key) {
    return starts[key + 1] - 1;
  }

  private int keyEnd(int key) {
    int end = lineEnd(key);
    for (int i = starts[key]; i < end; i++) {
      if (text[i] == '\t') {
        return i;
      }
    }
    return end;
  }

  private int expectedStart(int key) {
    return Math.min(keyEnd(key) + 1, lineEnd(key));
  }

  private String string(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
