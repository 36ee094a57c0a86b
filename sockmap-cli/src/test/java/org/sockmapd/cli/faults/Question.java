package org.sockmapd.cli.faults;

import java.util.Optional;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * A question whose answer is known.
 *
 * @param value what the database holds; empty when it does not hold the key
 */
record Question(String map, String key, Optional<String> value) {

  SocketmapRequest request() {
    return SocketmapRequest.of(map, key);
  }

  Verdict judge(SocketmapReply reply) {
    return switch (reply) {
      case SocketmapReply.Ok(String text) -> verdict(value.equals(Optional.of(text)));
      case SocketmapReply.NotFound notFound -> verdict(value.isEmpty());
      case SocketmapReply.Temp temp -> Verdict.TEMP;
      case SocketmapReply.Timeout timeout -> Verdict.TIMEOUT;
      case SocketmapReply.Perm perm -> Verdict.WRONG;
    };
  }

  private static Verdict verdict(boolean right) {
    return right ? Verdict.RIGHT : Verdict.WRONG;
  }
}
