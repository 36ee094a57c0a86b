package org.sockmapd.lookup;

import java.util.Objects;

/**
 * What a table says of one key. Only {@link Found} and {@link NotFound} are the table's own word;
 * the other two say that it could not be asked, and must reach the mail system as "try again
 * later".
 */
public sealed interface LookupResult {

  /**
   * Tells whether the table itself has spoken. Only such a result may be remembered.
   *
   * @return true for {@link Found} and {@link NotFound}
   */
  default boolean definitive() {
    return switch (this) {
      case Found found -> true;
      case NotFound notFound -> true;
      case TemporaryFailure failure -> false;
      case TimedOut timedOut -> false;
    };
  }

  /**
   * The key is in the table.
   *
   * @param value what the table holds for the key, not empty; several values are joined with a
   *     comma
   */
  record Found(String value) implements LookupResult {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is empty: Postfix takes an empty result for a broken
     *     table, and others for an answer that lets in what should stay out
     */
    public Found {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("an empty value is no answer");
      }
    }
  }

  /** The table was asked, and does not hold the key. */
  record NotFound() implements LookupResult {}

  /**
   * The table could not answer.
   *
   * @param reason what to tell the mail system; never the text of a database
   */
  record TemporaryFailure(String reason) implements LookupResult {
    public TemporaryFailure {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The table did not answer within the time that a lookup may take.
   *
   * @param reason what to tell the mail system; never the text of a database
   */
  record TimedOut(String reason) implements LookupResult {
    public TimedOut {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
