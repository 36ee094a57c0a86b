package org.sockmapd.lookup.search;

/**
 * The two forms of an address: the internal one, with the localpart as it is meant ({@code a
 * b@example.com}), and the external one, with quotes where RFC 822 wants them ({@code "a
 * b"@example.com}). Postfix sends and stores the external form.
 */
final class AddressForm {
  private static final String SPECIALS = "()<>@,;:\\\"[] ";

  private AddressForm() {}

  /** Quotes the localpart, up to the last {@code @}, if it needs quotes. */
  static String external(String internal) {
    int at = internal.lastIndexOf('@');
    return at < 0
        ? quoteIfNeeded(internal)
        : quoteIfNeeded(internal.substring(0, at)) + internal.substring(at);
  }

  /** Quotes a text that is all localpart. */
  static String quoteIfNeeded(String localpart) {
    if (isDotString(localpart)) {
      return localpart;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < localpart.length(); i++) {
      char c = localpart.charAt(i);
      if (c == '"' || c == '\\' || c == '\r') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** Undoes the quotes before the last {@code @} that is not in quotes. */
  static String internal(String external) {
    StringBuilder internal = new StringBuilder(external.length());
    boolean quoted = false;
    int atSource = -1;
    int atTarget = -1;
    for (int i = 0; i < external.length(); i++) {
      char c = external.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        continue;
      }
      if (c == '@' && !quoted) {
        atSource = i;
        atTarget = internal.length();
      } else if (c == '\\') {
        if (++i == external.length()) {
          break;
        }
        c = external.charAt(i);
      }
      internal.append(c);
    }
    if (atSource >= 0) {
      internal.setLength(atTarget);
      internal.append(external, atSource, external.length());
    }
    return internal.toString();
  }

  private static boolean isDotString(String localpart) {
    if (localpart.isEmpty()
        || localpart.startsWith(".")
        || localpart.endsWith(".")
        || localpart.contains("..")) {
      return false;
    }
    return localpart.chars().noneMatch(c -> c < ' ' || c == 0x7f || SPECIALS.indexOf(c) >= 0);
  }
}
