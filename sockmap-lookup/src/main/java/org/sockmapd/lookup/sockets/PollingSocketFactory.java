package org.sockmapd.lookup.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes the sockets of MariaDB's driver, which takes connected ones. Safe for use by many threads.
 */
public class PollingSocketFactory extends SocketFactory {
  /** Makes the factory, for the driver. */
  public PollingSocketFactory() {}

  @Override
  public Socket createSocket() throws IOException {
    return DriverSockets.make();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw notConnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw notConnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw notConnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw notConnected();
  }

  private static UnsupportedOperationException notConnected() {
    return new UnsupportedOperationException("makes sockets to where it was told before");
  }
}
