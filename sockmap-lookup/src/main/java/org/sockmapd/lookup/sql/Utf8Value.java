package org.sockmapd.lookup.sql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the bytes that a database holds, or none: a replaced character would be another
 * answer. Postfix, too, fails the lookup of a value that is not UTF-8.
 */
public final class Utf8Value {
  /** SQLSTATE "character not in repertoire": other keys may well be answered. */
  private static final String NOT_IN_REPERTOIRE = "22021";

  private static final char REPLACEMENT = '\ufffd';

  private Utf8Value() {}

  /**
   * Decodes a value.
   *
   * @param bytes the value, or null for NULL
   * @return its text
   * @throws SQLDataException if it is not well-formed UTF-8
   */
  public static @Nullable String decode(byte @Nullable [] bytes) throws SQLDataException {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(bytes);
  }

  private static String decodeStrictly(byte[] bytes) throws SQLDataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      SQLDataException failure = new SQLDataException("a value is not UTF-8", NOT_IN_REPERTOIRE);
      failure.addSuppressed(e); // Not its cause: an IOException there means a broken connection.
      throw failure;
    }
  }

  /** Returns whether a text may have been decoded with replaced characters. */
  static boolean isDoubtful(@Nullable String text) {
    return text != null && text.indexOf(REPLACEMENT) >= 0;
  }
}
