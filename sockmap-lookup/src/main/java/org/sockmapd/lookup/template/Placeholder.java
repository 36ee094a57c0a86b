package org.sockmapd.lookup.template;

/**
 * A {@code %} and its letter. Small letters stand for the value that is expanded (in a query, the
 * key), capitals and digits for the key always.
 */
record Placeholder(char letter) implements TextPiece {
  static final String EXPECTED = "expected %s, %u, %d, %S, %U, %D, %1-%9 or %%";

  static boolean isLetter(int letter) {
    return "sudSUD".indexOf(letter) >= 0 || isLabel(letter);
  }

  private static boolean isLabel(int letter) {
    return letter >= '1' && letter <= '9';
  }

  boolean ofKey() {
    return !Character.isLowerCase(letter);
  }

  /** How many labels the domain must have for this placeholder. */
  int labels() {
    return isLabel(letter) ? letter - '0' : 0;
  }

  boolean needsDomain() {
    return letter == 'd' || letter == 'D' || isLabel(letter);
  }

  boolean needsLocalpart() {
    return letter == 'u' || letter == 'U';
  }

  @Override
  public String expand(AddressParts value, AddressParts key) {
    AddressParts source = ofKey() ? key : value;
    return switch (letter) {
      case 's', 'S' -> source.whole();
      case 'u', 'U' -> source.localpart();
      case 'd', 'D' -> source.domain();
      default -> source.labels().get(labels() - 1);
    };
  }
}
