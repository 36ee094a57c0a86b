package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address of loopback that does not answer. */
final class SilentListener implements AutoCloseable {
  private static final int MILLIS = 200;

  private final ServerSocket listener;
  private final List<Socket> waiting = new ArrayList<>();

  private SilentListener(ServerSocket listener) {
    this.listener = listener;
  }

  /** The kernel accepts connections, and nobody says a word on them. */
  static SilentListener accepting(String address, int port) throws IOException {
    return new SilentListener(new ServerSocket(port, 1_000, InetAddress.getByName(address)));
  }

  /** Not even the kernel answers: its queue is full. */
  static SilentListener blackHole(String address, int port) throws IOException {
    SilentListener hole =
        new SilentListener(new ServerSocket(port, 1, InetAddress.getByName(address)));
    hole.fill();
    return hole;
  }

  private void fill() throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listener.close();
  }
}
