package org.sockmapd.lookup.sql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of a server of MySQL or MariaDB as ProxySQL and MaxScale do: it greets with a
 * number of its own for each connection, and passes on all else. It notes the commands.
 */
final class GreetingProxy implements AutoCloseable {
  private static final int COM_QUERY = 3;
  private static final int COM_STMT_PREPARE = 22;

  private final ServerSocket listener;
  private final int port;
  private final int offset;
  private final AtomicInteger greeted = new AtomicInteger();
  final List<String> queries = new CopyOnWriteArrayList<>();
  final List<String> prepared = new CopyOnWriteArrayList<>();

  /**
   * Begins to listen.
   *
   * @param port where the server listens
   * @param offset what is added to the server's own numbers; 0 to pass them on, as HAProxy does
   */
  GreetingProxy(int port, int offset) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = port;
    this.offset = offset;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many connections there were. */
  int greeted() {
    return greeted.get();
  }

  private static void start(Runnable task) {
    Thread.ofPlatform().daemon().name("greeting-proxy").start(task);
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        start(() -> pass(client, server, this::greet));
        start(() -> pass(server, client, this::note));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Passes on packets. */
  @FunctionalInterface
  private interface Packets {
    void pass(InputStream from, OutputStream to) throws IOException;
  }

  private static void pass(Socket to, Socket from, Packets packets) {
    try (to;
        from) {
      packets.pass(from.getInputStream(), to.getOutputStream());
    } catch (IOException over) {
      // One of them has gone, and the other goes with it.
    }
  }

  /** The greeting: protocol, version, 0, then the number of the connection in four bytes. */
  private void greet(InputStream server, OutputStream client) throws IOException {
    byte[] greeting = packet(server);
    int at = 5;
    while (greeting[at] != 0) {
      at++;
    }
    for (int i = 1, carry = offset; i <= 4; i++, carry >>= 8) {
      carry += greeting[at + i] & 0xff;
      greeting[at + i] = (byte) carry;
    }
    client.write(greeting);
    greeted.incrementAndGet();
    server.transferTo(client);
  }

  private void note(InputStream client, OutputStream server) throws IOException {
    while (true) {
      byte[] packet = packet(client);
      if (packet.length > 4 && packet[3] == 0) {
        String text = new String(packet, 5, packet.length - 5, StandardCharsets.UTF_8);
        if (packet[4] == COM_QUERY) {
          queries.add(text);
        } else if (packet[4] == COM_STMT_PREPARE) {
          prepared.add(text);
        }
      }
      server.write(packet);
    }
  }

  private static byte[] packet(InputStream in) throws IOException {
    byte[] header = exactly(in, 4);
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    byte[] packet = new byte[4 + length];
    System.arraycopy(header, 0, packet, 0, 4);
    System.arraycopy(exactly(in, length), 0, packet, 4, length);
    return packet;
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
