package org.sockmapd.lookup.tables;

import java.util.Map;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** A table whose entries are given with it. Immutable and safe for use by many threads. */
public final class InlineTable implements LookupTable {
  private final Map<String, String> entries;

  /**
   * Makes a table.
   *
   * @param entries what it holds; keys are compared to the letter
   * @throws IllegalArgumentException if a value is empty: an empty answer means nothing to a mail
   *     system, and lets in what should stay out
   */
  public InlineTable(Map<String, String> entries) {
    this.entries = Map.copyOf(entries);
    this.entries.forEach(InlineTable::requireValue);
  }

  @Override
  public LookupResult lookup(String key) {
    String value = entries.get(key);
    return value == null ? new LookupResult.NotFound() : new LookupResult.Found(value);
  }

  private static void requireValue(String key, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("empty value for the key \"" + key + "\"");
    }
  }
}
