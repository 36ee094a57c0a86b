package org.sockmapd.lookup.sql;

import java.util.Objects;

/**
 * Where one host of a database listens.
 *
 * @param host a name or an address, an IPv6 address without brackets; it is resolved anew for each
 *     connection
 * @param port the TCP port, 1 to 65535
 */
public record NodeAddress(String host, int port) {
  public NodeAddress {
    Objects.requireNonNull(host, "host");
    if (host.isBlank() || !host.chars().allMatch(NodeAddress::mayBeInAName)) {
      throw new IllegalArgumentException("not a host name: \"" + host + "\"");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a port from 1 to 65535: " + port);
    }
  }

  /** Letters and digits of any language, what is in an address, and {@code _}, as people do. */
  private static boolean mayBeInAName(int c) {
    return Character.isLetterOrDigit(c) || ".-_:%".indexOf(c) >= 0;
  }

  /**
   * Reads {@code name}, {@code name:port}, {@code [v6]} or {@code [v6]:port}.
   *
   * @param text the text
   * @param defaultPort the port when the text has none
   * @return the address
   * @throws IllegalArgumentException if the text is none of these, with a message for the one who
   *     wrote it
   */
  public static NodeAddress parse(String text, int defaultPort) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("no ] after [ in \"" + text + "\"");
      }
      return new NodeAddress(text.substring(1, end), port(text, end + 1, defaultPort));
    }
    int colon = text.indexOf(':');
    boolean bareV6 = colon >= 0 && text.indexOf(':', colon + 1) >= 0;
    return colon < 0 || bareV6
        ? new NodeAddress(text, defaultPort)
        : new NodeAddress(text.substring(0, colon), port(text, colon, defaultPort));
  }

  private static int port(String text, int from, int defaultPort) {
    if (from == text.length()) {
      return defaultPort;
    }
    String digits = text.substring(from + 1);
    if (text.charAt(from) != ':' || !digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "expected name, name:port or [v6]:port, got \"" + text + "\"");
    }
    return Integer.parseInt(digits);
  }

  /**
   * Returns whether the host is this machine for certain, whatever a resolver says: {@code
   * localhost}, or an address of 127.0.0.0/8 or ::1 in its usual form.
   */
  boolean isLoopback() {
    return host.equals("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Gives the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
