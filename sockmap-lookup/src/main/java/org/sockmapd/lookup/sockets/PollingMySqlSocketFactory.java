package org.sockmapd.lookup.sockets;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Makes the sockets of Connector/J. For use by one thread, as the driver uses it. */
public final class PollingMySqlSocketFactory extends StandardSocketFactory {
  /** Makes the factory, for the driver. */
  public PollingMySqlSocketFactory() {}

  /** The driver's own resolves and connects. */
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends Closeable> T connect(
      String host, int port, PropertySet properties, int loginTimeout) throws IOException {
    Socket socket = DriverSockets.make();
    if (!socket.isConnected()) {
      return super.connect(host, port, properties, loginTimeout);
    }
    this.host = host;
    this.port = port;
    configureSocket(socket, properties);
    rawSocket = socket;
    sslSocket = socket;
    return (T) socket;
  }

  @Override
  protected Socket createSocket(PropertySet properties) {
    return DriverSockets.polling();
  }
}
