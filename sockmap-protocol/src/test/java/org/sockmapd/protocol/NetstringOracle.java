package org.sockmapd.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second, slow and obvious netstring decoder, to be compared with the reader. */
final class NetstringOracle {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private NetstringOracle() {}

  /** How a stream ended. */
  enum Ending {
    BETWEEN,
    INSIDE,
    MALFORMED
  }

  /**
   * All that a stream holds.
   *
   * @param payloads one character a byte
   */
  record Transcript(List<String> payloads, Ending ending) {}

  static Transcript decode(byte[] input, int limit) {
    List<String> payloads = new ArrayList<>();
    String rest = new String(input, ISO_8859_1);
    while (!rest.isEmpty()) {
      Matcher digits = DIGITS.matcher(rest);
      if (!digits.lookingAt()) {
        return new Transcript(payloads, Ending.MALFORMED);
      }
      BigInteger length = new BigInteger(digits.group());
      boolean canonical = length.toString().equals(digits.group());
      if (!canonical || length.compareTo(BigInteger.valueOf(limit)) > 0) {
        return new Transcript(payloads, Ending.MALFORMED);
      }
      String after = rest.substring(digits.end());
      if (!after.isEmpty() && after.charAt(0) != ':') {
        return new Transcript(payloads, Ending.MALFORMED);
      }
      int comma = 1 + length.intValue();
      if (after.length() <= comma) {
        return new Transcript(payloads, Ending.INSIDE);
      }
      if (after.charAt(comma) != ',') {
        return new Transcript(payloads, Ending.MALFORMED);
      }
      payloads.add(after.substring(1, comma));
      rest = after.substring(comma + 1);
    }
    return new Transcript(payloads, Ending.BETWEEN);
  }

  /** What the reader makes of a stream. */
  static Transcript read(InputStream in, int limit) throws IOException {
    NetstringReader reader = new NetstringReader(in, limit);
    List<String> payloads = new ArrayList<>();
    try {
      ByteBuffer payload = reader.read();
      while (payload != null) {
        payloads.add(new String(Bytes.copy(payload), ISO_8859_1));
        payload = reader.read();
      }
      return new Transcript(payloads, Ending.BETWEEN);
    } catch (EOFException e) {
      return new Transcript(payloads, Ending.INSIDE);
    } catch (NetstringException e) {
      return new Transcript(payloads, Ending.MALFORMED);
    }
  }
}
