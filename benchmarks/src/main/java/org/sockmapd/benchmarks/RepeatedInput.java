package org.sockmapd.benchmarks;

import java.io.InputStream;

/** The same bytes again and again. Each read ends where they do, as with a client that waits. */
final class RepeatedInput extends InputStream {
  private final byte[] bytes;
  private int at;

  RepeatedInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    int next = bytes[at++] & 0xff;
    at %= bytes.length;
    return next;
  }

  @Override
  public int read(byte[] to, int from, int most) {
    int count = Math.min(most, bytes.length - at);
    System.arraycopy(bytes, at, to, from, count);
    at = (at + count) % bytes.length;
    return count;
  }
}
