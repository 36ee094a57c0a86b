package org.sockmapd.protocol;

import java.io.IOException;
import java.io.Serial;

/**
 * A whole netstring whose payload is not a socketmap request, or not a socketmap reply. The stream
 * is still in step: the next netstring can be read.
 *
 * <p>The message is printable ASCII and may be sent to the peer.
 */
public final class SocketmapSyntaxException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  SocketmapSyntaxException(String message) {
    super(message);
  }
}
