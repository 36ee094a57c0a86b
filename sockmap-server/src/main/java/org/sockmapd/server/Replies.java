package org.sockmapd.server;

import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.protocol.SocketmapReply;

/** What the answers of tables become on the wire. */
final class Replies {
  static final SocketmapReply NOT_FOUND = new SocketmapReply.NotFound();

  private Replies() {}

  static SocketmapReply of(LookupResult result) {
    return switch (result) {
      case LookupResult.Found(String value) -> new SocketmapReply.Ok(value);
      case LookupResult.NotFound() -> NOT_FOUND;
      case LookupResult.TemporaryFailure(String reason) -> new SocketmapReply.Temp(reason);
      case LookupResult.TimedOut(String reason) -> new SocketmapReply.Timeout(reason);
    };
  }

  /**
   * Says why a reply must not be sent; null when it may be, which is nearly always. Postfix cuts a
   * value at a NUL and breaks off a connection that sends more than its limit; half a surrogate
   * pair has no bytes in UTF-8. Each would be something that the table did not say.
   */
  static @Nullable String problem(SocketmapReply reply, int maxBytes) {
    String text = reply.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "it holds a NUL character";
      }
      if (Character.isSurrogate(c) && !inPair(text, i)) {
        return "it holds half of a character";
      }
    }
    int length = reply.encodedLength();
    return length > maxBytes ? "it takes " + length + " bytes, the limit is " + maxBytes : null;
  }

  private static boolean inPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
