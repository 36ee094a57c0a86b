package org.sockmapd.lookup.search;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address; an IPv4 address that is written as IPv6 is an IPv4 address. Immutable.
 */
public final class IpAddress {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads an address as Postfix writes it. One with a zone ({@code fe80::1%eth0}), with less than
   * four octets or with a leading zero is none. Asks nothing of the DNS.
   *
   * @param text any text
   * @return the address, or empty when the text is none
   */
  public static Optional<IpAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // Text of these characters is never taken for a name: nothing is asked of the DNS.
      return Optional.of(new IpAddress(InetAddress.getByName(text).getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  int bits() {
    return 8 * bytes.length;
  }

  boolean isIpv4() {
    return bytes.length == 4;
  }

  /** The network of that many leading bits, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. */
  String network(int prefix) {
    byte[] network = Arrays.copyOf(bytes, bytes.length);
    for (int i = 0; i < network.length; i++) {
      int kept = Math.clamp(prefix - 8L * i, 0, 8);
      network[i] = (byte) (network[i] & (0xff00 >> kept));
    }
    return new IpAddress(network) + "/" + prefix;
  }

  /**
   * Gives the canonical form (RFC 5952), which is what Postfix sends and PostgreSQL prints.
   *
   * @return the address as text
   */
  @Override
  public String toString() {
    return isIpv4() ? dotted() : colons();
  }

  private String dotted() {
    return (bytes[0] & 0xff)
        + "."
        + (bytes[1] & 0xff)
        + "."
        + (bytes[2] & 0xff)
        + "."
        + (bytes[3] & 0xff);
  }

  private String colons() {
    int[] zeros = longestZeros();
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < 8; group++) {
      if (zeros[1] > 1 && group == zeros[0]) {
        text.append("::");
        group += zeros[1] - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(group)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return HexFormat.fromHexDigits(HexFormat.of().formatHex(bytes, 2 * index, 2 * index + 2));
  }

  /** Finds the first of the longest runs of zero groups: where it begins, and its length. */
  private int[] longestZeros() {
    int[] longest = {0, 0};
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - start > longest[1]) {
        longest = new int[] {start, end - start};
      }
    }
    return longest;
  }
}
