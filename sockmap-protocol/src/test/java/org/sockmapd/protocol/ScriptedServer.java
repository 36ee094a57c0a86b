package org.sockmapd.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A server that plays one script a connection, in the order in which they were added, and notes
 * what failed in them.
 */
final class ScriptedServer implements Closeable {
  private final ServerSocketChannel listener;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<SocketChannel> accepted = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread acceptor;

  private ScriptedServer(ServerSocketChannel listener, Script... scripts) {
    this.listener = listener;
    this.scripts.addAll(List.of(scripts));
    this.acceptor = Thread.ofPlatform().name("scripted server").start(this::acceptAll);
  }

  static ScriptedServer onTcp(Script... scripts) throws IOException {
    return onTcp(InetAddress.getLoopbackAddress(), scripts);
  }

  static ScriptedServer onTcp(InetAddress address, Script... scripts) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    return new ScriptedServer(listener.bind(new InetSocketAddress(address, 0)), scripts);
  }

  static ScriptedServer onUnix(Path path, Script... scripts) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new ScriptedServer(listener.bind(UnixDomainSocketAddress.of(path)), scripts);
  }

  Endpoint endpoint() throws IOException {
    SocketAddress address = listener.getLocalAddress();
    return address instanceof InetSocketAddress inet
        ? new Endpoint.Inet(inet.getAddress().getHostAddress(), inet.getPort())
        : new Endpoint.Unix(((UnixDomainSocketAddress) address).getPath());
  }

  int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  int connections() {
    return accepted.size();
  }

  private void acceptAll() {
    try {
      while (!scripts.isEmpty()) {
        SocketChannel channel = listener.accept();
        accepted.add(channel);
        play(scripts.remove(), channel);
      }
      stopping.await();
    } catch (IOException | InterruptedException closed) {
      stopping.countDown(); // The test is over.
    }
  }

  private void play(Script script, SocketChannel channel) throws IOException, InterruptedException {
    script.play(new Peer(channel, stopping));
  }

  @Override
  public void close() throws IOException {
    stopping.countDown();
    acceptor.interrupt();
    listener.close();
    for (SocketChannel channel : List.copyOf(accepted)) {
      channel.close();
    }
  }

  /** What the server does on one connection. */
  interface Script {
    void play(Peer peer) throws IOException, InterruptedException;
  }

  /** The server's end of a connection. */
  record Peer(SocketChannel channel, CountDownLatch stopping) {
    /** Hears a request whose only comma is its last byte, one character a byte. */
    String hear() throws IOException {
      StringBuilder heard = new StringBuilder();
      ByteBuffer some = ByteBuffer.allocate(64 * 1024);
      while (!heard.toString().endsWith(",") && channel.read(some.clear()) > 0) {
        heard.append(StandardCharsets.ISO_8859_1.decode(some.flip()));
      }
      return heard.toString();
    }

    void say(String text) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Bytes.utf8(text));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    void answer(String reply) throws IOException {
      hear();
      say(reply);
    }

    void hangUp() throws IOException {
      channel.close();
    }

    void hang() throws InterruptedException {
      stopping.await();
    }
  }
}
