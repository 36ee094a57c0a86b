package org.sockmapd.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 without intermediate arrays: text goes straight into a buffer that the caller has made
 * large enough, and bytes become text only when they are well-formed.
 */
final class Utf8 {
  private Utf8() {}

  /** Counts the bytes that {@link #encode} writes for a text. */
  static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += bytesBeyondOne(text, i, c);
      }
    }
    return bytes;
  }

  /** A pair counts two for its first half and one for its second, beside the one of each. */
  private static int bytesBeyondOne(String text, int i, char c) {
    if (c < 0x800) {
      return 1;
    }
    if (!Character.isSurrogate(c)) {
      return 2;
    }
    boolean half = startsPair(text, i) || (i > 0 && startsPair(text, i - 1));
    return half ? 1 : 0;
  }

  /** Writes a text at an index, and returns the index after it. Half a pair becomes {@code ?}. */
  static int encode(String text, byte[] to, int at) {
    int length = text.length();
    int i = 0;
    int out = at;
    while (i < length && text.charAt(i) < 0x80) {
      to[out++] = (byte) text.charAt(i++);
    }
    while (i < length) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      out = encode(codePoint, to, out);
    }
    return out;
  }

  private static int encode(int codePoint, byte[] to, int at) {
    int out = at;
    if (codePoint < 0x80) {
      to[out++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      to[out++] = (byte) (0xc0 | (codePoint >> 6));
      to[out++] = continuation(codePoint);
    } else if (codePoint >= 0x10000) {
      to[out++] = (byte) (0xf0 | (codePoint >> 18));
      to[out++] = continuation(codePoint >> 12);
      to[out++] = continuation(codePoint >> 6);
      to[out++] = continuation(codePoint);
    } else if (isSurrogate(codePoint)) {
      to[out++] = '?';
    } else {
      to[out++] = (byte) (0xe0 | (codePoint >> 12));
      to[out++] = continuation(codePoint >> 6);
      to[out++] = continuation(codePoint);
    }
    return out;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean startsPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  /** Reads bytes as text; null when they are not well-formed UTF-8. */
  static @Nullable String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 || encodesTo(text, bytes, from, to) ? text : null;
  }

  /** Malformed bytes were read as U+FFFD, which never encodes to them again. */
  private static boolean encodesTo(String text, byte[] bytes, int from, int to) {
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, from, to);
  }
}
