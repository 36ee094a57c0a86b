package org.sockmapd.cli.faults;

import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FaultyProxy;

/** A database server and the network before it. */
record Host(DatabaseServer server, FaultyProxy proxy) implements AutoCloseable {

  static Host of(DatabaseServer server) {
    return new Host(server, FaultyProxy.to(server.port()));
  }

  /** As the configuration and the log name it. */
  String address() {
    return proxy.host() + ":" + proxy.port();
  }

  /** The network is as it should be, and forgets what it held up. */
  void forward() {
    proxy.forward();
    proxy.resetAll();
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
