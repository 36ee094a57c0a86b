package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket that looks for an answer for a moment before it waits. */
class PollingSocket extends Socket {
  /** A prepared statement on the same machine, or one next to it, is answered sooner. */
  private static final Duration MOST = Duration.ofNanos(300_000);

  private @Nullable InputStream in;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new PollingInputStream(super.getInputStream(), MOST);
    }
    return in;
  }
}
