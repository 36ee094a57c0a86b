package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.List;

/** Collects the keys to try for one address, in the order in which they are added. */
final class AddressKeys {
  private final List<Candidate> keys = new ArrayList<>();
  private final String localpart;
  private final String atDomain;
  private final String extension;
  private final boolean bothForms;

  AddressKeys(String sent, RecipientDelimiter delimiter, boolean bothForms) {
    String internal = internalOf(sent);
    // Who asks for the form without quotes goes on with it: smtpd does, to see who is known.
    this.bothForms =
        bothForms || (internal.equals(sent) && !AddressForm.external(sent).equals(sent));
    int at = internal.lastIndexOf('@');
    this.localpart = at < 0 ? internal : internal.substring(0, at);
    this.atDomain = internal.substring(localpart.length());
    this.extension = delimiter.extensionOf(localpart);
    add(sent);
  }

  /** A key that is not as Postfix writes an address in quotes is taken to be without quotes. */
  static String internalOf(String sent) {
    String internal = AddressForm.internal(sent);
    return AddressForm.external(internal).equals(sent) ? internal : sent;
  }

  /** The address, then the address without its extension. */
  void address() {
    addUserWith(atDomain, false);
  }

  /** The localpart alone, if the domain is a local one; then without its extension. */
  void localUser() {
    addUserWith("", true);
  }

  /** The localpart with its {@code @}, whatever the domain; then without its extension. */
  void userAt() {
    addUserWith("@", false);
  }

  void add(String key) {
    keys.add(new Candidate(key, "", false));
  }

  /** The domain with its {@code @}; empty when the address has none. */
  String atDomain() {
    return atDomain;
  }

  List<Candidate> keys() {
    return keys;
  }

  private void addUserWith(String rest, boolean ifLocal) {
    addForms(localpart, rest, "", ifLocal);
    if (!extension.isEmpty()) {
      String bare = localpart.substring(0, localpart.length() - extension.length());
      addForms(bare, rest, extension, ifLocal);
    }
  }

  private void addForms(String user, String rest, String dropped, boolean ifLocal) {
    keys.add(new Candidate(AddressForm.quoteIfNeeded(user) + rest, dropped, ifLocal));
    if (bothForms) {
      keys.add(new Candidate(user + rest, dropped, ifLocal));
    }
  }
}
