package org.sockmapd.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that share their first bits, such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or the
 * single address {@code ::1}. Immutable.
 */
public final class Network {
  private static final String EXPECTED = "expected an address or ADDRESS/BITS, such as 10.0.0.0/8";
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");

  private final byte[] address;
  private final int bits;
  private final String text;

  private Network(byte[] address, int bits, String text) {
    this.address = address;
    this.bits = bits;
    this.text = text;
  }

  /**
   * Reads a network. Names are not resolved: who may ask must not depend on a name server.
   *
   * @param text an IPv4 or IPv6 address, alone or with {@code /BITS}; the bits after the prefix
   *     must be zero, as in Postfix's {@code mynetworks}
   * @return the network
   * @throws IllegalArgumentException if the text is none; the message quotes it and says what is
   *     wrong
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    byte[] address = address(host, text);
    int width = 8 * address.length;
    int bits = slash < 0 ? width : bits(text.substring(slash + 1), width, text);
    if (!Arrays.equals(address, masked(address, bits))) {
      throw new IllegalArgumentException(
          "'%s' has bits set after its prefix: did you mean %s/%d?"
              .formatted(text, printed(masked(address, bits)), bits));
    }
    return new Network(address, bits, text);
  }

  private static byte[] address(String host, String text) {
    if (!V4.matcher(host).matches() && !V6.matcher(host).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a network: " + EXPECTED);
    }
    try {
      // Only ever an address here, so nothing is looked up.
      InetAddress parsed = InetAddress.getByName(host);
      if (parsed instanceof Inet4Address && host.indexOf(':') >= 0) {
        throw new IllegalArgumentException(
            "'%s' is an IPv4 address in IPv6 form: write %s"
                .formatted(text, parsed.getHostAddress()));
      }
      return parsed.getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is not a network: " + EXPECTED, e);
    }
  }

  private static int bits(String bits, int width, String text) {
    if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > width) {
      throw new IllegalArgumentException(
          "'%s' is not a network: the bits after '/' are 0 to %d".formatted(text, width));
    }
    return Integer.parseInt(bits);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < masked.length; i++) {
      masked[i] = (byte) (address[i] & mask(bits - 8 * i));
    }
    return masked;
  }

  /** The mask of one byte of which the first {@code bits} count. */
  private static int mask(int bits) {
    return bits >= 8 ? 0xff : bits <= 0 ? 0 : 0xff << (8 - bits);
  }

  private static String printed(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  /**
   * Tells whether an address belongs to this network. An IPv4 address belongs to no IPv6 network
   * and the other way round.
   *
   * @param candidate the address
   * @return whether it is one of this network
   */
  public boolean contains(InetAddress candidate) {
    byte[] other = candidate.getAddress();
    return other.length == address.length && Arrays.equals(address, masked(other, bits));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && bits == that.bits
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  /** The network, as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
