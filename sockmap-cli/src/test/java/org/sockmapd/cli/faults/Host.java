package org.sockmapd.cli.faults;

import org.sockmapd.testing.DatabaseServer;
import org.sockmapd.testing.FaultyProxy;
import org.sockmapd.testing.PgBouncer;

/**
 * A database server and the network before it.
 *
 * @param name as the configuration and the log name the machine
 * @param between what stands between the server and its network, closed before the server
 */
record Host(DatabaseServer server, FaultyProxy proxy, String name, Runnable between)
    implements AutoCloseable {

  static Host of(DatabaseServer server) {
    FaultyProxy proxy = FaultyProxy.to(server.port());
    return new Host(server, proxy, proxy.host(), () -> {});
  }

  /** A server that is asked through a pooler only. */
  static Host behind(PgBouncer pooler, DatabaseServer server) {
    FaultyProxy proxy = FaultyProxy.to(pooler.port());
    return new Host(server, proxy, proxy.host(), pooler::close);
  }

  /** The same host by a name, which must lead to its address among others. */
  Host named(String otherName) {
    return new Host(server, proxy, otherName, between);
  }

  /** As the configuration and the log name it. */
  String address() {
    return name + ":" + proxy.port();
  }

  /** The network is as it should be, and forgets what it held up. */
  void forward() {
    proxy.forward();
    proxy.resetAll();
  }

  @Override
  public void close() {
    proxy.close();
    between.run();
    server.close();
  }
}
