package org.sockmapd.protocol;

/**
 * How long a request and a reply may be, counted in bytes of the netstring's payload.
 *
 * @param maxRequestBytes the longest request, map name and space included: 1 to {@value #MAX_BYTES}
 * @param maxReplyBytes the longest reply, status word and space included: 1 to {@value #MAX_BYTES}
 */
public record SocketmapLimits(int maxRequestBytes, int maxReplyBytes) {
  /** The highest limit that can be set: one gibibyte. */
  public static final int MAX_BYTES = 1 << 30;

  private static final SocketmapLimits POSTFIX = new SocketmapLimits(10_000 + 256, 100_000);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public SocketmapLimits {
    requireInRange("maxRequestBytes", maxRequestBytes);
    requireInRange("maxReplyBytes", maxReplyBytes);
  }

  /**
   * The limits of Postfix ({@code dict_sockmap.c}): a key of 10,000 bytes, beside a map name of at
   * most 255 bytes and a space, and a reply of 100,000 bytes. Sendmail reads longer replies and
   * sends shorter keys.
   *
   * @return requests of 10,256 and replies of 100,000 bytes
   */
  public static SocketmapLimits postfix() {
    return POSTFIX;
  }

  static int requireInRange(String name, int bytes) {
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + MAX_BYTES + " bytes, got " + bytes);
    }
    return bytes;
  }
}
