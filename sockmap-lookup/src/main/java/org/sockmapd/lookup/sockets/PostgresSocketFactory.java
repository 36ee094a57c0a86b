package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.net.Socket;

/**
 * Makes the sockets of pgjdbc, which takes connected ones. They leave the settings of a session to
 * the server. Safe for use by many threads.
 */
public final class PostgresSocketFactory extends PollingSocketFactory {
  /** Makes the factory, for the driver. */
  public PostgresSocketFactory() {}

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = super.createSocket();
    if (socket instanceof DriverSocket own) {
      own.streams().leaveSettingsToServer();
    }
    return socket;
  }
}
