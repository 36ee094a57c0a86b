package org.sockmapd.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One answer: a status word, a space and a text ({@code socketmap_table}(5)). The space is always
 * sent, since older Sendmail fails on {@code OK} without it, and is not needed when reading.
 *
 * <p>What a mail server makes of it: {@link Ok} uses the value; {@link NotFound} goes on without
 * one, which refuses mail where the map lists what is accepted; {@link Temp} and {@link Timeout}
 * let the sender try again later; {@link Perm} makes Sendmail bounce. So a failure of the server is
 * {@code Temp} or {@code Timeout}, and only a request that can never be answered is {@code Perm}.
 *
 * <p>Immutable. In a reason, control characters are replaced by spaces.
 */
public sealed interface SocketmapReply {
  /**
   * The key was found.
   *
   * @param value what the table holds for it. It is sent as it is, so a server asks for the {@link
   *     #problem} with it before
   */
  record Ok(String value) implements SocketmapReply {
    @Override
    public String status() {
      return "OK";
    }

    @Override
    public String text() {
      return value;
    }
  }

  /** The key is not in the table; said by the table, never for want of an answer. */
  record NotFound() implements SocketmapReply {
    @Override
    public String status() {
      return "NOTFOUND";
    }

    @Override
    public String text() {
      return "";
    }
  }

  /**
   * The server cannot answer now.
   *
   * @param reason why, for the log of the mail server
   */
  record Temp(String reason) implements SocketmapReply {
    /** Replaces control characters in the reason. */
    public Temp {
      reason = withoutControls(reason);
    }

    @Override
    public String status() {
      return "TEMP";
    }

    @Override
    public String text() {
      return reason;
    }
  }

  /**
   * The server could not answer in time.
   *
   * @param reason why, for the log of the mail server
   */
  record Timeout(String reason) implements SocketmapReply {
    /** Replaces control characters in the reason. */
    public Timeout {
      reason = withoutControls(reason);
    }

    @Override
    public String status() {
      return "TIMEOUT";
    }

    @Override
    public String text() {
      return reason;
    }
  }

  /**
   * The request can never be answered.
   *
   * @param reason why, for the log of the mail server
   */
  record Perm(String reason) implements SocketmapReply {
    /** Replaces control characters in the reason. */
    public Perm {
      reason = withoutControls(reason);
    }

    @Override
    public String status() {
      return "PERM";
    }

    @Override
    public String text() {
      return reason;
    }
  }

  /**
   * The word that begins the reply.
   *
   * @return {@code OK}, {@code NOTFOUND}, {@code TEMP}, {@code TIMEOUT} or {@code PERM}
   */
  String status();

  /**
   * What follows the status word and its space.
   *
   * @return the value or the reason, which may be empty
   */
  String text();

  /**
   * Counts what the reply takes in a netstring's payload, to be compared with {@link
   * SocketmapLimits#maxReplyBytes}.
   *
   * @return the bytes of status word, space and text
   */
  default int encodedLength() {
    return status().length() + 1 + Utf8.length(text());
  }

  /**
   * Says why this must not be sent: a server sends {@link Temp} in its place. Postfix cuts a value
   * at a NUL, and breaks off the connection of a server that sends more than its limit; half of a
   * surrogate pair has no bytes in UTF-8; an {@code OK} without a value is an error to some lookups
   * of Postfix and lets mail in by others. Each would be something that the table did not say.
   *
   * @param limits what the client takes
   * @return the reason in one line, which does not repeat the text; empty when it may be sent,
   *     which is nearly always
   */
  default Optional<String> problem(SocketmapLimits limits) {
    String text = text();
    if (text.isEmpty() && this instanceof Ok) {
      return Optional.of("it has no value");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("it holds a NUL character");
      }
      if (Character.isSurrogate(c) && !inPair(text, i)) {
        return Optional.of("it holds half of a character");
      }
    }
    int length = encodedLength();
    return length > limits.maxReplyBytes()
        ? Optional.of("it takes " + length + " bytes, the limit is " + limits.maxReplyBytes())
        : Optional.empty();
  }

  private static boolean inPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /**
   * Reads a reply from the payload of a netstring. The payload's position is left as it was, and
   * nothing of it is kept.
   *
   * @param payload the payload, from its position to its limit
   * @return the reply
   * @throws SocketmapSyntaxException if the status word is none of the five, in upper case, or the
   *     text is not UTF-8
   */
  static SocketmapReply parse(ByteBuffer payload) throws SocketmapSyntaxException {
    byte[] bytes = Payloads.array(payload);
    int from = Payloads.offset(payload);
    int to = from + payload.remaining();
    int space = Payloads.firstSpace(bytes, from, to);
    String text = Utf8.decode(bytes, Math.min(space + 1, to), to);
    if (text == null) {
      throw new SocketmapSyntaxException("reply is not UTF-8");
    }
    return switch (Payloads.ascii(bytes, from, space)) {
      case "OK" -> new Ok(text);
      case "NOTFOUND" -> new NotFound();
      case "TEMP" -> new Temp(text);
      case "TIMEOUT" -> new Timeout(text);
      case "PERM" -> new Perm(text);
      default ->
          throw new SocketmapSyntaxException(
              "reply with an unknown status: expected OK, NOTFOUND, TEMP, TIMEOUT or PERM");
    };
  }

  private static String withoutControls(String reason) {
    for (int i = 0; i < reason.length(); i++) {
      if (Character.isISOControl(reason.charAt(i))) {
        return reason.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", " ");
      }
    }
    return reason;
  }
}
