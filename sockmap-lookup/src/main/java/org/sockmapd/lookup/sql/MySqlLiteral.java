package org.sockmapd.lookup.sql;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A value within the text of a statement of MySQL or MariaDB. How a quoted literal is read depends
 * on the session's {@code sql_mode} and character set, of which a driver may know another session's
 * through a pooler. So only what every session reads alike is quoted.
 */
public final class MySqlLiteral {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private MySqlLiteral() {}

  /** Returns whether a value is read alike between quotes in every session. */
  static boolean isPlain(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f && "'\"\\".indexOf(c) < 0);
  }

  /**
   * Writes a value as a literal that is read alike in every session.
   *
   * @param value the value, of whole characters
   * @return a literal of the character set utf8mb4, in ASCII
   */
  public static String of(String value) {
    return "_utf8mb4 x'" + HEX.formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'";
  }
}
