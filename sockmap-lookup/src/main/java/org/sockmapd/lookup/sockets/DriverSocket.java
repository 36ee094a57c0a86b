package org.sockmapd.lookup.sockets;

/** A socket whose streams can be made to suit a driver. */
interface DriverSocket {
  DriverStreams streams();
}
