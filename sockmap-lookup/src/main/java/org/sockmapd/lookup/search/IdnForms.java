package org.sockmapd.lookup.search;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The two forms of an internationalised domain.
 *
 * <p>The JDK converts by IDNA 2003, which Postfix (UTS 46) and today's registries have left: it
 * would turn {@code straße.example} into {@code strasse.example}, another domain, whose rows must
 * not answer. ICU4J would do it right, at twice the size of this whole software. So a form is only
 * used if it converts back to what it came from; the few names with {@code ß}, {@code ς} or a
 * joiner are looked up as they were sent.
 */
final class IdnForms {
  private IdnForms() {}

  /** Gives the key with its domain in the other form, or the key itself when there is none. */
  static String other(String key) {
    int domain = key.lastIndexOf('@') + 1;
    return key.substring(0, domain) + otherDomain(key.substring(domain));
  }

  private static String otherDomain(String domain) {
    if (!ParentStyle.canBeDomain(domain)) {
      return domain;
    }
    String unicode = IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
    if (!unicode.equalsIgnoreCase(domain)) {
      return unicode;
    }
    try {
      String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
      String back = IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED);
      return back.equals(canonical(domain)) ? ascii : domain;
    } catch (IllegalArgumentException e) {
      // Not a name that could be in the DNS, such as one with an empty label.
      return domain;
    }
  }

  private static String canonical(String domain) {
    return Normalizer.normalize(domain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
