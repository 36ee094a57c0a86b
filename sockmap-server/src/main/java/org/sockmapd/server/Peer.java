package org.sockmapd.server;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * @param name how it is called in events
 * @param address where it is; empty for a process of this machine, on a UNIX socket
 */
record Peer(String name, Optional<InetAddress> address) {
  @Override
  public String toString() {
    return name;
  }
}
