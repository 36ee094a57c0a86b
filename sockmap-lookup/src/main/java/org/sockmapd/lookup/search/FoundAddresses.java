package org.sockmapd.lookup.search;

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
    if (extension.isEmpty()) {
      return whole;
    }
    List<String> extended = AddressList.withExtension(whole, extension);
    // Postfix fails a lookup whose value is no address; an empty answer would be one.
    return extended.isEmpty() ? whole : String.join(",", extended);
  }
}
