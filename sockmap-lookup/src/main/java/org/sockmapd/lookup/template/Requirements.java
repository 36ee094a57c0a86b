package org.sockmapd.lookup.template;

import java.util.List;

/**
 * What an address must have for every placeholder of a template to have a value. A key that lacks
 * it is not looked up, and a value that lacks it is passed over.
 */
record Requirements(boolean localpart, boolean domain, int labels) {

  static Requirements of(List<Placeholder> placeholders) {
    boolean localpart = false;
    boolean domain = false;
    int labels = 0;
    for (Placeholder placeholder : placeholders) {
      localpart |= placeholder.needsLocalpart();
      domain |= placeholder.needsDomain();
      labels = Math.max(labels, placeholder.labels());
    }
    return new Requirements(localpart, domain, labels);
  }

  boolean metBy(AddressParts address) {
    return !address.whole().isEmpty()
        && !(localpart && address.hasEmptyLocalpart())
        && !(domain && !address.hasDomain())
        && (labels == 0 || address.labels().size() >= labels);
  }
}
