package org.sockmapd.protocol;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a connection to an endpoint within a deadline. */
final class Connector {
  private Connector() {}

  static TimedChannel connect(Endpoint endpoint, Deadline deadline) throws IOException {
    return switch (endpoint) {
      case Endpoint.Inet inet ->
          connectToAny(InetAddress.getAllByName(inet.host()), inet.port(), deadline);
      case Endpoint.Unix unix -> connect(UnixDomainSocketAddress.of(unix.path()), deadline);
    };
  }

  /** In the order of the resolver; each address gets its share of the time that is left. */
  static TimedChannel connectToAny(InetAddress[] addresses, int port, Deadline deadline)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < addresses.length; i++) {
      try {
        InetSocketAddress address = new InetSocketAddress(addresses[i], port);
        return connect(address, deadline.share(addresses.length - i));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        failures.add(addresses[i].getHostAddress() + ": " + e.getMessage());
      }
    }
    throw new ConnectException("cannot connect: " + String.join("; ", failures));
  }

  private static TimedChannel connect(InetSocketAddress address, Deadline deadline)
      throws IOException {
    TimedChannel channel = TimedChannel.of(SocketChannel.open(), deadline);
    try {
      channel.connect(address);
      return channel;
    } catch (UnsupportedAddressTypeException e) {
      channel.close();
      throw new IOException("this machine has no IPv6", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * A non-blocking connect to a UNIX socket whose queue is full fails instead of waiting, so this
   * one blocks, in a thread of its own that ends when the channel is closed.
   */
  private static TimedChannel connect(UnixDomainSocketAddress address, Deadline deadline)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    FutureTask<Boolean> connecting = new FutureTask<>(() -> channel.connect(address));
    try {
      Thread.ofPlatform().daemon().name("connect to " + address).start(connecting);
      await(connecting, deadline);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return TimedChannel.of(channel, deadline);
  }

  private static void await(FutureTask<Boolean> connecting, Deadline deadline) throws IOException {
    try {
      connecting.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      throw new IOException("cannot connect: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw deadline.passed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }
}
