package org.sockmapd.lookup.sql;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one host of a database listens: a TCP port, or a UNIX socket of this machine.
 *
 * @param host a name or an address, an IPv6 address without brackets; it is resolved anew for each
 *     connection. {@code localhost} for a UNIX socket
 * @param port the TCP port, 1 to 65535; for a UNIX socket the one that PostgreSQL names it after
 * @param socket the absolute path of a UNIX socket; empty for TCP
 */
public record NodeAddress(String host, int port, Optional<Path> socket) {
  private static final String LOCALHOST = "localhost";

  /** What a server of PostgreSQL calls its sockets, before the port. */
  private static final String POSTGRES_SOCKET = ".s.PGSQL.";

  /** What Linux has room for. */
  private static final int MAX_PATH_BYTES = 107;

  public NodeAddress {
    Objects.requireNonNull(host, "host");
    if (host.isBlank() || !host.chars().allMatch(NodeAddress::mayBeInAName)) {
      throw new IllegalArgumentException("not a host name: \"" + host + "\"");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a port from 1 to 65535: " + port);
    }
    socket.ifPresent(NodeAddress::check);
  }

  /**
   * A TCP port.
   *
   * @param host a name or an address, an IPv6 address without brackets
   * @param port 1 to 65535
   */
  public NodeAddress(String host, int port) {
    this(host, port, Optional.empty());
  }

  private static void check(Path socket) {
    if (!socket.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute path of a UNIX socket: " + socket);
    }
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "the path of a UNIX socket has " + MAX_PATH_BYTES + " bytes at most: " + socket);
    }
  }

  /** Letters and digits of any language, what is in an address, and {@code _}, as people do. */
  private static boolean mayBeInAName(int c) {
    return Character.isLetterOrDigit(c) || ".-_:%".indexOf(c) >= 0;
  }

  /**
   * Reads {@code name}, {@code name:port}, {@code [v6]}, {@code [v6]:port}, {@code unix:/path} or
   * {@code /path}.
   *
   * @param text the text
   * @param defaultPort the port when the text has none
   * @return the address
   * @throws IllegalArgumentException if the text is none of these, with a message for the one who
   *     wrote it
   */
  public static NodeAddress parse(String text, int defaultPort) {
    if (text.startsWith("unix:") || text.startsWith("/")) {
      return new NodeAddress(LOCALHOST, defaultPort, Optional.of(path(text)));
    }
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

  private static Path path(String text) {
    try {
      return Path.of(text.startsWith("/") ? text : text.substring("unix:".length())).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not the path of a UNIX socket: \"" + text + "\"", e);
    }
  }

  /**
   * The socket itself, where the path is that of the folder in which a server of PostgreSQL keeps
   * its sockets, named after their ports. The same for anything else.
   */
  NodeAddress ofPostgres() {
    boolean folder =
        socket
            .map(path -> !String.valueOf(path.getFileName()).startsWith(POSTGRES_SOCKET))
            .orElse(false);
    return folder
        ? new NodeAddress(host, port, socket.map(path -> path.resolve(POSTGRES_SOCKET + port)))
        : this;
  }

  private static int port(String text, int from, int defaultPort) {
    if (from == text.length()) {
      return defaultPort;
    }
    String digits = text.substring(from + 1);
    if (text.charAt(from) != ':' || !digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "expected name, name:port, [v6]:port or unix:/path, got \"" + text + "\"");
    }
    return Integer.parseInt(digits);
  }

  /**
   * Returns whether the host is this machine for certain, whatever a resolver says: {@code
   * localhost}, an address of 127.0.0.0/8 or ::1 in its usual form, or a UNIX socket.
   */
  boolean isLoopback() {
    return host.equals(LOCALHOST)
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Gives the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return socket.map(path -> "unix:" + path).orElseGet(this::tcp);
  }

  private String tcp() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
