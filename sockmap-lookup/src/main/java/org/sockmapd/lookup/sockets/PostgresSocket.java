package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A socket of pgjdbc, which leaves the settings of a session to the server. */
final class PostgresSocket extends PollingSocket {
  private final PostgresStartup startup = new PostgresStartup();

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    return startup.input(super.getInputStream());
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    return startup.output(super.getOutputStream());
  }
}
