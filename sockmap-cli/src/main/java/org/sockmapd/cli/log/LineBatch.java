package org.sockmapd.cli.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Lines that wait to be written, up to a bound. Guarded by its user. */
final class LineBatch {
  private final int maxBytes;
  private byte[] bytes = new byte[8192];
  private int size;

  LineBatch(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes a line, or returns false when there is no room for it. */
  boolean add(byte[] line) {
    if (line.length > maxBytes - size) {
      return false;
    }
    if (line.length > bytes.length - size) {
      bytes =
          Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(2 * bytes.length, size + line.length)));
    }
    System.arraycopy(line, 0, bytes, size, line.length);
    size += line.length;
    return true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isHalfFull() {
    return size > maxBytes / 2;
  }

  void clear() {
    size = 0;
  }

  /** Shows the lines until the next one is added. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
