package org.sockmapd.lookup.search;

import java.util.Locale;

/**
 * The characters of which the first one in a localpart begins its extension.
 *
 * @param characters {@code recipient_delimiter} of Postfix; empty when addresses have no extensions
 * @param ownerRequestSpecial {@code owner_request_special} of Postfix
 */
record RecipientDelimiter(String characters, boolean ownerRequestSpecial) {

  /**
   * Finds the extension of a localpart in its internal form.
   *
   * @param localpart the text before the last {@code @}
   * @return the extension with its delimiter; empty when there is none to drop
   */
  String extensionOf(String localpart) {
    if (characters.isEmpty() || isReserved(localpart)) {
      return "";
    }
    for (int i = 0; i < localpart.length(); i++) {
      if (characters.indexOf(localpart.charAt(i)) >= 0) {
        // Nobody would be left without it.
        return i == 0 ? "" : localpart.substring(i);
      }
    }
    return "";
  }

  private boolean isReserved(String localpart) {
    String name = localpart.toLowerCase(Locale.ROOT);
    boolean ofMailSystem =
        name.equals("postmaster") || name.equals("mailer-daemon") || name.equals("double-bounce");
    boolean ofList =
        name.startsWith("owner-") || (name.endsWith("-request") && !name.equals("-request"));
    return ofMailSystem || (ownerRequestSpecial && ofList && characters.indexOf('-') >= 0);
  }
}
