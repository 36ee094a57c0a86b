package org.sockmapd.cli.query;

import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Perm;
import org.sockmapd.protocol.SocketmapReply.Temp;
import org.sockmapd.protocol.SocketmapReply.Timeout;

/** What came of asking for one key, whoever was asked. */
sealed interface Answer {

  record Value(String text) implements Answer {}

  record Absent() implements Answer {}

  record TryAgain(String reason) implements Answer {}

  record Refused(String reason) implements Answer {}

  static Answer of(SocketmapReply reply) {
    return switch (reply) {
      case Ok(String value) -> new Value(value);
      case SocketmapReply.NotFound() -> new Absent();
      case Temp(String reason) -> new TryAgain("temporary error: " + reason);
      case Timeout(String reason) -> new TryAgain("timeout: " + reason);
      case Perm(String reason) -> new Refused("permanent error: " + reason);
    };
  }

  static Answer of(LookupResult result) {
    return switch (result) {
      case LookupResult.Found(String value) -> new Value(value);
      case LookupResult.NotFound() -> new Absent();
      case TemporaryFailure(String reason) -> new TryAgain("temporary error: " + reason);
      case TimedOut(String reason) -> new TryAgain("timeout: " + reason);
    };
  }
}
