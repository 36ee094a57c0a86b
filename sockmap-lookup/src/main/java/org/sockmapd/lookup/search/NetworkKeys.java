package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys for a network address: itself, then the networks around it, the smallest first, each as
 * {@code access(5)} writes it ({@code 10.1.2}) and as CIDR ({@code 10.1.2.0/24}).
 *
 * <p>Postfix makes the first kind by dropping what follows the last {@code .} or {@code :},
 * whatever that means for an address with {@code ::}; so does this.
 */
final class NetworkKeys {
  private NetworkKeys() {}

  static List<String> of(String key) {
    Optional<IpAddress> address = IpAddress.parse(key);
    return address.map(parsed -> of(key, parsed)).orElse(List.of(key));
  }

  private static List<String> of(String sent, IpAddress address) {
    List<String> keys = new ArrayList<>();
    keys.add(sent);
    keys.add(address.toString());
    String shorter = address.toString();
    for (int prefix = address.bits(); prefix >= 0; prefix--) {
      while (!shorter.isEmpty() && bits(shorter, address) >= prefix) {
        keys.add(shorter);
        shorter = dropLast(shorter);
      }
      keys.add(address.network(prefix));
    }
    return keys;
  }

  private static String dropLast(String text) {
    int last = text.lastIndexOf(text.indexOf(':') >= 0 ? ':' : '.');
    return last < 0 ? "" : text.substring(0, last);
  }

  /** How many bits of the address a shortened text fixes. */
  private static int bits(String shorter, IpAddress address) {
    String full = address.toString();
    if (address.isIpv4()) {
      return 8 * (1 + count(shorter, '.'));
    }
    boolean reachesZeros = shorter.contains("::") || shorter.endsWith(":");
    return reachesZeros
        ? 128 - 16 * (count(full, ':') - count(shorter, ':'))
        : 16 * (1 + count(shorter, ':'));
  }

  private static int count(String text, char c) {
    return (int) text.chars().filter(each -> each == c).count();
  }
}
