package org.sockmapd.lookup.template;

/** A part of a template: fixed text, or a placeholder. */
sealed interface TextPiece permits TextPiece.Fixed, Placeholder {

  /**
   * Gives the text of this part.
   *
   * @param value what is expanded: the key in a query, a result in a result format
   * @param key the key
   */
  String expand(AddressParts value, AddressParts key);

  /** Text that is the same for every key. */
  record Fixed(String text) implements TextPiece {
    @Override
    public String expand(AddressParts value, AddressParts key) {
      return text;
    }
  }
}
