package org.sockmapd.lookup.sockets;

import java.net.Socket;

/** Makes the sockets of pgjdbc, which connects them by itself. Safe for use by many threads. */
public final class PostgresSocketFactory extends PollingSocketFactory {
  /** Makes the factory, for the driver. */
  public PostgresSocketFactory() {}

  @Override
  public Socket createSocket() {
    return MadeSocket.made(new PostgresSocket());
  }
}
