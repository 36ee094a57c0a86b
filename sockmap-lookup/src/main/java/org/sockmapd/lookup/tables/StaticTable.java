package org.sockmapd.lookup.tables;

import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** A table that holds every key, each with the same value: Postfix's {@code static:}. */
public final class StaticTable implements LookupTable {
  private final LookupResult.Found answer;

  /**
   * Makes a table.
   *
   * @param value the answer to every key
   * @throws IllegalArgumentException if it is empty: an empty answer means nothing to a mail
   *     system, and lets in what should stay out
   */
  public StaticTable(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("empty value");
    }
    this.answer = new LookupResult.Found(value);
  }

  @Override
  public LookupResult lookup(String key) {
    return answer;
  }
}
