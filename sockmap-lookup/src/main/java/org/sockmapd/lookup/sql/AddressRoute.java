package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.sockets.DriverSockets;

/** The way to a host that has several addresses, and which one it led to. For one thread. */
final class AddressRoute implements DriverSockets.Source {
  private final List<InetAddress> addresses;
  private final int port;
  private final Duration timeout;
  private final boolean once;
  private final long begun = System.nanoTime();
  private @Nullable InetAddress reached;

  /**
   * @param once whether a driver that wants another socket when the time is over gets none: it
   *     would ask a silent server a second time
   */
  AddressRoute(List<InetAddress> addresses, int port, Duration timeout, boolean once) {
    this.addresses = addresses;
    this.port = port;
    this.timeout = timeout;
    this.once = once;
  }

  @Override
  public Socket connect() throws IOException {
    if (once && reached != null && System.nanoTime() - begun >= timeout.toNanos()) {
      throw new SocketTimeoutException("no answer in time");
    }
    reached = null;
    Socket socket = new AddressRace(port, timeout, DriverSockets::polling).connect(addresses);
    reached = socket.getInetAddress();
    return socket;
  }

  /** The address that answered, if one did. */
  Optional<InetAddress> reached() {
    return Optional.ofNullable(reached);
  }

  /** The addresses that may do better than the one that answered; none if none answered. */
  List<InetAddress> others() {
    List<InetAddress> others = new ArrayList<>(addresses);
    return reached != null && others.remove(reached) ? others : List.of();
  }
}
