package org.sockmapd.lookup.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of one statement from those of any other: a constant among their columns,
 * made of the statement's own text. A session that turns out to be another client's too may answer
 * what that one has prepared. Immutable and safe for use by many threads.
 */
public final class StatementMark {
  private static final int BYTES = 6;

  /** More keys than any statement has. */
  private static final int MAX_KEY = 99_999;

  private final String prefix;

  private StatementMark(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Makes the mark of a statement.
   *
   * @param sql the statement, or whatever else is its alone
   * @return the mark
   */
  public static StatementMark of(String sql) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
      return new StatementMark(HexFormat.of().formatHex(digest, 0, BYTES) + ".");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Gives the constant for one of the statement's keys. Text, like most values: on MySQL a number
   * would have all columns sent in another form.
   *
   * @param key the index of the key, from 0 on
   * @return text without a quote in it
   */
  public String constant(int key) {
    return prefix + key;
  }

  /**
   * Finds the key that a row belongs to.
   *
   * @param constant what the row holds in the place of its constant
   * @return the index of the key, or -1 when the row is another statement's
   */
  public int key(@Nullable String constant) {
    if (constant == null || !constant.startsWith(prefix)) {
      return -1;
    }
    int key = 0;
    for (int i = prefix.length(); i < constant.length() && key >= 0; i++) {
      int digit = Character.digit(constant.charAt(i), 10);
      key = digit < 0 ? -1 : Math.min(10 * key + digit, MAX_KEY);
    }
    return constant.length() == prefix.length() ? -1 : key;
  }
}
