package org.sockmapd.cli.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ports that the system keeps for root (ip(7), capabilities(7)). */
public final class LowPorts {
  private static final Path FIRST_FREE = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
  private static final int USUAL_FIRST_FREE = 1024;

  private LowPorts() {}

  /**
   * Tells whether the process may listen on a port.
   *
   * @param port the port, 0 for any that is free
   * @return false if only root may
   */
  public static boolean mayListenOn(int port) {
    return port == 0 || port >= firstFree() || hasCapability();
  }

  private static int firstFree() {
    // In one piece: the kernel gives the rest of a number to nobody.
    try (BufferedReader file = Files.newBufferedReader(FIRST_FREE)) {
      return Integer.parseInt(String.valueOf(file.readLine()));
    } catch (IOException | NumberFormatException e) {
      return USUAL_FIRST_FREE;
    }
  }

  private static boolean hasCapability() {
    try {
      return ThreadStatus.ofProcess().mayBindLowPorts();
    } catch (IOException e) {
      return false;
    }
  }
}
