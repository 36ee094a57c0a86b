package org.sockmapd.server;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.Endpoint;

/** A socket that listens, and the file of it if it is a UNIX socket. */
final class ListeningSocket {
  /** How many connections the system holds for us; it may hold fewer (net.core.somaxconn). */
  private static final int BACKLOG = 1024;

  private final ServerSocketChannel channel;
  private final Endpoint endpoint;
  private final @Nullable UnixSocketFile file;

  private ListeningSocket(
      ServerSocketChannel channel, Endpoint endpoint, @Nullable UnixSocketFile file) {
    this.channel = channel;
    this.endpoint = endpoint;
    this.file = file;
  }

  /**
   * Opens a socket that listens.
   *
   * @throws BindException with a one-line message that names the endpoint and what is in the way
   */
  static ListeningSocket open(ListenerSettings settings) throws BindException {
    try {
      return switch (settings) {
        case ListenerSettings.Tcp tcp -> openTcp(tcp.endpoint());
        case ListenerSettings.Unix unix -> openUnix(unix);
      };
    } catch (IOException e) {
      throw failed(settings.endpoint(), e);
    }
  }

  private static ListeningSocket openTcp(Endpoint.Inet endpoint) throws IOException {
    InetAddress address = resolved(endpoint.host());
    try {
      return openTcp(endpoint, address);
    } catch (UnsupportedOperationException noIpv6) {
      if (!address.isAnyLocalAddress()) {
        throw new IOException("this machine has no IPv6", noIpv6);
      }
      // Every address there is.
      return openTcp(endpoint, InetAddress.getByAddress(new byte[4]));
    }
  }

  private static ListeningSocket openTcp(Endpoint.Inet endpoint, InetAddress address)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(family(address));
    try {
      channel.bind(new InetSocketAddress(address, endpoint.port()), BACKLOG);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new ListeningSocket(channel, new Endpoint.Inet(endpoint.host(), port), null);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static InetAddress resolved(String host) throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IOException("the host name is not known", e);
    }
  }

  /** Of its own family, since an IPv6 socket bound to 0.0.0.0 takes IPv6 clients too. */
  private static ProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private static ListeningSocket openUnix(ListenerSettings.Unix settings) throws IOException {
    UnixSocketFile file = new UnixSocketFile(settings.endpoint().path());
    file.makeWay();
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      file.bind(channel, BACKLOG);
      file.permit(settings);
      return new ListeningSocket(channel, settings.endpoint(), file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      file.remove();
      throw e;
    }
  }

  private static BindException failed(Endpoint endpoint, Exception cause) {
    BindException failure = new BindException(endpoint + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  /** Where it listens, with the port that the system chose. */
  Endpoint endpoint() {
    return endpoint;
  }

  /** Returns whether clients still reach it: the file of a UNIX socket may have been removed. */
  boolean isReachable() {
    return file == null || file.isInPlace();
  }

  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  /** Gives the file the permissions of other settings. TCP has none. */
  void permit(ListenerSettings settings) throws BindException {
    if (settings instanceof ListenerSettings.Unix unix && file != null) {
      try {
        file.permit(unix);
      } catch (IOException e) {
        throw failed(endpoint, e);
      }
    }
  }

  /** Closes the socket; a thread that is in {@link #accept} leaves it. */
  void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (file != null) {
        file.remove();
      }
    }
  }
}
