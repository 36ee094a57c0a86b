package org.sockmapd.cli.os;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The network addresses of this machine. */
public final class OwnAddresses {
  private OwnAddresses() {}

  /**
   * Lists them.
   *
   * @return the addresses of all interfaces, without those that count on one link alone; empty when
   *     they cannot be had
   */
  public static List<String> list() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .map(address -> address.replaceFirst("%.*", ""))
          .distinct()
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }
}
