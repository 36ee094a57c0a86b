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

  /** Lists a name and its parents, up to the top-level domain. */
  List<String> withParents(String name) {
    List<String> names = new ArrayList<>();
    for (String next = name; !next.isEmpty(); next = parent(next)) {
      names.add(next);
    }
    return names;
  }

  private String parent(String name) {
    int dot = name.indexOf('.', 1);
    if (dot < 0) {
      return "";
    }
    return name.substring(this == BARE ? dot + 1 : dot);
  }
}
