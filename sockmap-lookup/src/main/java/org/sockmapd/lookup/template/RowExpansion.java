package org.sockmapd.lookup.template;

import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;

/**
 * Makes one answer of the rows of a query, as Postfix does: every value in order, row by row and
 * column by column, joined with a comma. (Postfix reads the first column only from SQLite.) A NULL
 * or an empty value is passed over and reported; a value that lacks a part which the format names
 * is passed over. No value left is "not found". For use by one thread.
 */
public final class RowExpansion {
  private final ResultFormat format;
  private final String mapName;
  private final AddressParts key;
  private final int limit;
  private final LookupEvents events;
  private final StringBuilder answer = new StringBuilder();
  private int values = 0;

  RowExpansion(ResultFormat format, String mapName, String key, int limit, LookupEvents events) {
    this.format = format;
    this.mapName = mapName;
    this.key = AddressParts.of(key);
    this.limit = limit;
    this.events = events;
  }

  /**
   * Takes the next value.
   *
   * @param value the value of a column, null for NULL
   * @return false when there are more values than allowed, and further ones would change nothing
   */
  public boolean add(@Nullable String value) {
    if (value == null) {
      events.nullValue(mapName, key.whole());
    } else if (value.isEmpty()) {
      events.emptyValue(mapName, key.whole());
    } else {
      addText(AddressParts.of(value));
    }
    return !tooMany();
  }

  /**
   * Gives the answer.
   *
   * @return the values, not found when there are none, or a temporary failure when there are more
   *     than allowed
   */
  public LookupResult result() {
    if (tooMany()) {
      return new LookupResult.TemporaryFailure("more than " + limit + " values for this key");
    }
    return answer.isEmpty()
        ? new LookupResult.NotFound()
        : new LookupResult.Found(answer.toString());
  }

  private void addText(AddressParts value) {
    if (!format.acceptsValue(value) || tooMany()) {
      return;
    }
    if (!answer.isEmpty()) {
      answer.append(',');
    }
    answer.append(format.expand(value, key));
    values++;
  }

  private boolean tooMany() {
    return limit > 0 && values > limit;
  }
}
