package org.sockmapd.server;

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
}
