package org.sockmapd.protocol;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a socketmap server listens, written as Postfix writes it: {@code inet:host:port}, {@code
 * inet:[v6 address]:port} or {@code unix:path}. {@code toString} gives the same form.
 *
 * <p>Immutable. Nothing is resolved or opened.
 */
public sealed interface Endpoint {
  /**
   * A TCP endpoint.
   *
   * @param host a name, an IPv4 address, or an IPv6 address without brackets
   * @param port 0 to 65535; 0 lets the system choose one, for a server only
   */
  record Inet(String host, int port) implements Endpoint {
    /**
     * Checks host and port.
     *
     * @throws IllegalArgumentException if the host cannot be one, or the port is out of its range
     */
    public Inet {
      EndpointParser.requireHost(host);
      EndpointParser.requirePort(port);
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? "inet:%s:%d" : "inet:[%s]:%d").formatted(host, port);
    }
  }

  /**
   * A UNIX-domain stream socket.
   *
   * @param path its path, absolute or relative to the working directory, of at most {@value
   *     #MAX_BYTES} bytes
   */
  record Unix(Path path) implements Endpoint {
    /**
     * The longest path in bytes: the JDK takes one less than fits {@code sun_path} of {@code
     * unix}(7) beside the NUL that ends it.
     */
    public static final int MAX_BYTES = 106;

    /**
     * Checks the path's length.
     *
     * @throws IllegalArgumentException if the path is empty or too long for a socket
     */
    public Unix {
      int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "the path of a UNIX socket takes 1 to %d bytes, got %d: '%s'"
                .formatted(MAX_BYTES, bytes, path));
      }
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads an endpoint.
   *
   * @param text {@code inet:host:port}, {@code inet:[v6 address]:port} or {@code unix:path}
   * @return the endpoint
   * @throws IllegalArgumentException if the text is none of these; the message quotes it, and says
   *     what is wrong and what is expected
   */
  static Endpoint parse(String text) {
    return EndpointParser.parse(text);
  }
}
