package org.sockmapd.lookup.template;

import org.sockmapd.lookup.LookupEvents;

/**
 * The {@code result_format} of a Postfix table: what becomes of each value that a query returns.
 * Immutable and safe for use by many threads.
 */
public final class ResultFormat {
  /** Gives each value as it is: {@code %s}. */
  public static final ResultFormat PLAIN = new ResultFormat(TextTemplate.ofChecked("%s"));

  private final TextTemplate text;
  private final Requirements ofKey;
  private final Requirements ofValue;

  private ResultFormat(TextTemplate text) {
    this.text = text;
    this.ofKey = Requirements.of(text.placeholders().stream().filter(Placeholder::ofKey).toList());
    this.ofValue = Requirements.of(text.placeholders().stream().filter(p -> !p.ofKey()).toList());
  }

  /**
   * Reads a format.
   *
   * @param format text with {@code %s %u %d} for a value and its parts, {@code %S %U %D %1}–{@code
   *     %9} for the key and its parts, and {@code %%} for a percent sign
   * @return the format
   * @throws TemplateException if a {@code %} is none of these, or the format is empty
   */
  public static ResultFormat parse(String format) throws TemplateException {
    if (format.isEmpty()) {
      throw new TemplateException(0, "is empty");
    }
    Percents.check(format);
    return new ResultFormat(TextTemplate.ofChecked(format));
  }

  /**
   * Tells whether a key has the parts that the format names. One that does not is in no table: the
   * query is suppressed.
   *
   * @param key the key, folded if the table folds
   * @return false when the key must not be looked up
   */
  public boolean accepts(String key) {
    return ofKey.metBy(AddressParts.of(key));
  }

  /**
   * Begins the answer to one key.
   *
   * @param mapName the map, for events
   * @param key the key, folded if the table folds
   * @param expansionLimit how many values the answer may have at most; 0 for any number
   * @param events hears of values that are passed over
   * @return what takes the values
   */
  public RowExpansion expansion(
      String mapName, String key, int expansionLimit, LookupEvents events) {
    return new RowExpansion(this, mapName, key, expansionLimit, events);
  }

  /** Tells whether a value has the parts that the format names. */
  boolean acceptsValue(AddressParts value) {
    return ofValue.metBy(value);
  }

  String expand(AddressParts value, AddressParts key) {
    return text.expand(value, key);
  }
}
