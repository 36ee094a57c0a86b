package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names with several addresses, which the loopback network stands for: each 127.0.0.x is one. */
@Timeout(30)
class ConnectorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Test
  void triesTheNextAddressWhereOneRefuses() throws IOException {
    try (ServerSocketChannel server = listening(loopback(3), 1);
        TimedChannel channel = connect(port(server), 1, 2, 3)) {
      assertThat(channel.isQuiet()).isTrue();
    }
  }

  @Test
  void addressThatDropsPacketsCostsItsShareOfTheTimeout() throws IOException {
    try (ServerSocketChannel full = listening(loopback(1), 1);
        ServerSocketChannel server = ServerSocketChannel.open();
        Clients clients = Clients.filling(full)) {
      server.bind(new InetSocketAddress(loopback(2), port(full)));
      long start = System.nanoTime();
      try (TimedChannel channel = connect(port(full), 1, 2)) {
        assertThat(channel.isQuiet()).isTrue();
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TIMEOUT.toNanos() / 2);
      assertThat(clients.count()).isPositive();
    }
  }

  @Test
  void saysWhatFailedForEveryAddress() throws IOException {
    try (ServerSocketChannel full = listening(loopback(1), 1);
        Clients clients = Clients.filling(full)) {
      assertThatThrownBy(() -> connect(port(full), 1, 2))
          .isInstanceOf(ConnectException.class)
          .hasMessageMatching(
              "cannot connect: 127.0.0.1: connecting took longer than [19]\\d\\d+ ms;"
                  + " 127.0.0.2: Connection refused");
      assertThat(clients.count()).isPositive();
    }
  }

  @Test
  void interruptEndsTheTrying() throws IOException {
    try (ServerSocketChannel full = listening(loopback(1), 1);
        Clients clients = Clients.filling(full)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> connect(port(full), 1, 1))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(clients.count()).isPositive();
    }
  }

  private static TimedChannel connect(int port, int... hosts) throws IOException {
    InetAddress[] addresses = new InetAddress[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      addresses[i] = loopback(hosts[i]);
    }
    Deadline deadline = Deadline.in(TIMEOUT, "connecting");
    return Connector.connectToAny(addresses, port, deadline);
  }

  private static InetAddress loopback(int host) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
  }

  private static ServerSocketChannel listening(InetAddress address, int backlog)
      throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(address, 0), backlog);
  }

  private static int port(ServerSocketChannel server) throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** Connections that fill the queue of a server which accepts none, so that it drops the next. */
  private record Clients(List<SocketChannel> channels) implements AutoCloseable {
    static Clients filling(ServerSocketChannel full) throws IOException {
      List<SocketChannel> channels = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(full.getLocalAddress());
        channels.add(channel);
      }
      return new Clients(channels);
    }

    int count() {
      return channels.size();
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }
}
