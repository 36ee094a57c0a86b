package org.sockmapd.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Access to the bytes of a payload: without a copy where it lies in an array, as it nearly always
 * does.
 */
final class Payloads {
  private Payloads() {}

  @SuppressWarnings("ByteBufferBackingArray") // offset() says where the payload begins in it.
  static byte[] array(ByteBuffer payload) {
    if (payload.hasArray()) {
      return payload.array();
    }
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return copy;
  }

  /** Where the payload begins in {@link #array}. */
  static int offset(ByteBuffer payload) {
    return payload.hasArray() ? payload.arrayOffset() + payload.position() : 0;
  }

  /** The index of the first space, or {@code to} when there is none. */
  static int firstSpace(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != ' ') {
      i++;
    }
    return i;
  }

  /** The bytes as text, one character each: for comparing with words that are ASCII. */
  static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Tells whether the bytes are this text, which is ASCII. */
  static boolean isAscii(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false; // A byte above 127 is negative here, and so equals no character.
      }
    }
    return true;
  }
}
