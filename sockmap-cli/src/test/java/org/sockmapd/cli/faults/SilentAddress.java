package org.sockmapd.cli.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An address that answers no connection: the kernel has enough of them, and drops the rest. */
final class SilentAddress implements AutoCloseable {
  private static final int MORE_THAN_WAIT = 4;

  private final ServerSocket listener;
  private final List<SocketChannel> waiting = new ArrayList<>();

  private SilentAddress(ServerSocket listener) {
    this.listener = listener;
  }

  static SilentAddress open(String address, int port) throws IOException {
    SilentAddress silent =
        new SilentAddress(new ServerSocket(port, 1, InetAddress.getByName(address)));
    for (int i = 0; i < MORE_THAN_WAIT; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(address, port));
      silent.waiting.add(channel);
    }
    return silent;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : waiting) {
      channel.close();
    }
    listener.close();
  }
}
