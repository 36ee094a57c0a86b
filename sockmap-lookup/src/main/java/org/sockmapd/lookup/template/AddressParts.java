package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;

/** A key or a value, divided at its last {@code @} as Postfix divides it. */
record AddressParts(String whole, int at) {

  static AddressParts of(String whole) {
    return new AddressParts(whole, whole.lastIndexOf('@'));
  }

  /** The text before the last {@code @}; all of it when there is none. */
  String localpart() {
    return at < 0 ? whole : whole.substring(0, at);
  }

  boolean hasEmptyLocalpart() {
    return at == 0;
  }

  /** The text after the last {@code @}; empty when there is none. */
  String domain() {
    return at < 0 ? "" : whole.substring(at + 1);
  }

  boolean hasDomain() {
    return at >= 0 && at + 1 < whole.length();
  }

  /** The labels of the domain, the last one first. Postfix takes several dots in a row for one. */
  List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (String label : domain().split("\\.", -1)) {
      if (!label.isEmpty()) {
        labels.addFirst(label);
      }
    }
    return labels;
  }
}
