package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket that looks for an answer for a moment before it waits. */
final class PollingSocket extends Socket {
  /** A prepared statement on the same machine, or one next to it, is answered sooner. */
  private static final Duration MOST = Duration.ofNanos(300_000);

  private @Nullable InputStream in;
  private @Nullable PostgresStartup startup;

  /** Has a startup message of PostgreSQL's protocol pass without the driver's settings. */
  synchronized void leaveSettingsToServer() {
    startup = new PostgresStartup();
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new PollingInputStream(super.getInputStream(), MOST);
    }
    return startup == null ? in : startup.input(in);
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return startup == null ? out : startup.output(out);
  }
}
