package org.sockmapd.lookup.sockets;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** Makes the sockets of Connector/J. For use by one thread, as the driver uses it. */
public final class PollingMySqlSocketFactory extends StandardSocketFactory {
  /** Makes the factory, for the driver. */
  public PollingMySqlSocketFactory() {}

  @Override
  protected Socket createSocket(PropertySet properties) {
    return MadeSocket.polling();
  }
}
