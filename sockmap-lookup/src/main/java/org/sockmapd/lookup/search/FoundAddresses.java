package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that a rewriting table gave for one that was found in part, made whole: {@code
 * @other} gets the localpart that was asked for, and the extension that was not matched goes into
 * each address. A value that begins with {@code @} is one address, whatever follows, as it is for
 * Postfix. See its {@code mail_addr_map(3)} and {@code mail_addr_crunch(3)}.
 */
final class FoundAddresses {
  private final String localpart;
  private final String extension;

  /**
   * @param asked the address that was asked for
   * @param dropped the extension that was dropped to find it
   * @param propagate whether the extension goes into the addresses
   */
  FoundAddresses(String asked, String dropped, boolean propagate) {
    String internal = AddressKeys.internalOf(asked);
    int at = internal.lastIndexOf('@');
    String whole = at < 0 ? internal : internal.substring(0, at);
    this.localpart = whole.substring(0, whole.length() - dropped.length());
    this.extension = propagate ? dropped : "";
  }

  /** Leaves a value as it is when there is nothing to add to it. */
  String complete(String value) {
    String whole = value.startsWith("@") ? AddressForm.external(localpart + value) : value;
    return extension.isEmpty()
        ? whole
        : String.join(",", split(whole).stream().map(this::extended).toList());
  }

  private String extended(String address) {
    String internal = AddressForm.internal(bare(address));
    int at = internal.lastIndexOf('@');
    int end = at < 0 ? internal.length() : at;
    return AddressForm.external(internal.substring(0, end) + extension + internal.substring(end));
  }

  /** Takes the address out of {@code Name <address>}. */
  private static String bare(String address) {
    int open = address.lastIndexOf('<');
    return open >= 0 && address.endsWith(">")
        ? address.substring(open + 1, address.length() - 1)
        : address;
  }

  /** Divides at the commas that are not in quotes. */
  private static List<String> split(String value) {
    List<String> addresses = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ',';
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && (!quoted || i == value.length())) {
        addresses.add(value.substring(start, i).strip());
        start = i + 1;
      }
    }
    addresses.removeIf(String::isEmpty);
    return addresses;
  }
}
