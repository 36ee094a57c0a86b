package org.sockmapd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * A TCP proxy on loopback in front of a server, whose network can be made to fail. It forwards
 * until told otherwise; each of the methods that name a fault ends the one before. A server that is
 * down itself shows as a connection that is accepted and reset. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_CONNECTIONS = 4_096;
  private static final int BACKLOG = 512;

  private final InetSocketAddress target;
  private final InetSocketAddress address;
  private final FaultSwitch faults = new FaultSwitch();
  private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
  private final Set<Socket> unanswered = ConcurrentHashMap.newKeySet();
  private final ThreadFactory threads = Thread.ofVirtual().name("faulty-proxy-", 0).factory();
  private ServerSocket listener;
  private Thread acceptor;
  private boolean closed;

  private FaultyProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    address = (InetSocketAddress) listener.getLocalSocketAddress();
    acceptor = acceptFrom(listener);
  }

  /** A proxy on a port of its own, forwarding to a server on loopback. */
  public static FaultyProxy to(int port) {
    try {
      return new FaultyProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return address.getAddress().getHostAddress();
  }

  /** The same for its whole life. */
  public int port() {
    return address.getPort();
  }

  /** How many connections are forwarded now, or held up. */
  public int connections() {
    return links.size() + unanswered.size();
  }

  /**
   * All is well. What was held up goes on; connections that {@link #dropNew} swallowed stay without
   * an answer.
   */
  public void forward() {
    apply(new Fault.Forward());
  }

  /** New connections are refused, as nothing listens any more. Those that are open go on. */
  public void refuse() {
    apply(new Fault.Refuse());
  }

  /** New connections are accepted and never answered. Those that are open go on. */
  public void dropNew() {
    apply(new Fault.DropNew());
  }

  /**
   * Nothing passes in either direction, not even the end of a connection. New connections are
   * accepted.
   */
  public void hang() {
    apply(new Fault.Hang());
  }

  /** Everything passes that much later, in either direction. */
  public void delay(Duration duration) {
    apply(new Fault.Delay(duration));
  }

  /**
   * Every connection ends when that many further bytes have come from the server: in the middle of
   * a reply.
   */
  public void cutAfterBytes(long bytes) {
    apply(new Fault.CutAfterBytes(bytes));
  }

  /** Ends every connection with RST, once; new ones are treated as before. */
  public void resetAll() {
    links.forEach(ProxyLink::reset);
    unanswered.forEach(ProxyLink::reset);
    unanswered.clear();
  }

  /** Refuses and resets everything, for good. */
  @Override
  public synchronized void close() {
    closed = true;
    stopListening();
    faults.close();
    resetAll();
  }

  private synchronized void apply(Fault fault) {
    if (closed) {
      throw new IllegalStateException("the proxy is closed");
    }
    faults.set(fault);
    if (fault instanceof Fault.Refuse) {
      stopListening();
    } else if (listener.isClosed()) {
      listenAgain();
    }
  }

  // Joined, as the kernel goes on listening until the thread that accepts has let go.
  private void stopListening() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProxyLink.join(acceptor);
  }

  private void listenAgain() {
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = acceptFrom(listener);
  }

  private Thread acceptFrom(ServerSocket socket) {
    Thread thread = threads.newThread(() -> acceptUntilClosed(socket));
    thread.start();
    return thread;
  }

  private void acceptUntilClosed(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.newThread(() -> serve(client)).start();
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket client) {
    if (connections() >= MAX_CONNECTIONS) {
      ProxyLink.reset(client);
    } else if (faults.current() instanceof Fault.DropNew) {
      unanswered.add(client);
    } else {
      connect(client);
    }
    resetIfClosed();
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(target, CONNECT_MILLIS);
    } catch (IOException down) {
      ProxyLink.reset(client);
      ProxyLink.reset(server);
      return;
    }
    ProxyLink link = new ProxyLink(client, server, faults);
    links.add(link);
    resetIfClosed();
    link.carry(threads, links::remove);
  }

  // A connection accepted while the proxy was being closed would be missed by close itself.
  private synchronized void resetIfClosed() {
    if (closed) {
      resetAll();
    }
  }
}
