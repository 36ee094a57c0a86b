package org.sockmapd.lookup.sockets;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a driver reads from and writes to in place of a socket's own streams. For use by one thread.
 */
final class DriverStreams {
  /** A prepared statement on the same machine, or one next to it, is answered sooner. */
  private static final Duration MOST = Duration.ofNanos(300_000);

  private @Nullable InputStream in;
  private @Nullable PostgresStartup startup;

  /** Has a startup message of PostgreSQL's protocol pass without the driver's settings. */
  synchronized void leaveSettingsToServer() {
    startup = new PostgresStartup();
  }

  synchronized InputStream input(InputStream socket) {
    if (in == null) {
      in = new PollingInputStream(socket, MOST);
    }
    return startup == null ? in : startup.input(in);
  }

  synchronized OutputStream output(OutputStream socket) {
    return startup == null ? socket : startup.output(socket);
  }
}
