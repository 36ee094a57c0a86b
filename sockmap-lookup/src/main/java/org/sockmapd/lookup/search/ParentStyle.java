package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.List;

/** How a table writes that it means the subdomains of a domain. */
public enum ParentStyle {
  /**
   * {@code example.com} means its subdomains too: the feature stands in Postfix's {@code
   * parent_domain_matches_subdomains}.
   */
  BARE,
  /** {@code .example.com} means the subdomains of {@code example.com}, and not itself. */
  DOTTED;

  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_LABEL = 63;

  /** Lists a name and its parents, up to the top-level domain; what is no domain has none. */
  List<String> withParents(String name) {
    if (!canBeDomain(name)) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    for (String next = name; !next.isEmpty(); next = parent(next)) {
      names.add(next);
    }
    return names;
  }

  /** Tells whether a text is short enough for a domain, label by label, as RFC 1035 has it. */
  static boolean canBeDomain(String text) {
    if (text.length() > LONGEST_DOMAIN) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      label = text.charAt(i) == '.' ? 0 : label + 1;
      if (label > LONGEST_LABEL) {
        return false;
      }
    }
    return true;
  }

  private String parent(String name) {
    int dot = name.indexOf('.', 1);
    if (dot < 0) {
      return "";
    }
    return name.substring(this == BARE ? dot + 1 : dot);
  }
}
