package org.sockmapd.lookup.sql;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Called for each connection that is opened, from many threads. */
@FunctionalInterface
public interface HostResolver {
  /**
   * As the Java runtime does it. That remembers what it found, for 30 seconds unless the security
   * property {@code networkaddress.cache.ttl} says otherwise.
   */
  HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Finds the addresses of a host.
   *
   * @param host a name or an address
   * @return its addresses, those first that are to be tried first; at least one
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
