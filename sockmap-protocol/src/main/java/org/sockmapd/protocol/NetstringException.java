package org.sockmapd.protocol;

import java.io.IOException;
import java.io.Serial;

/**
 * Bytes that are not a netstring. Nothing after them can be trusted, since where the next netstring
 * would begin is not known: close the connection.
 *
 * <p>The message says the limit, what came and at which byte of the stream, in printable ASCII, and
 * holds none of the payload: it may be sent to the peer.
 */
public final class NetstringException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  NetstringException(String message) {
    super(message);
  }
}
