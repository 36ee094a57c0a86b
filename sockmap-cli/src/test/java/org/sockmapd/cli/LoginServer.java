package org.sockmapd.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of Dovecot's authentication server as Postfix wants to see before it takes SASL for
 * available. Nobody logs in with it: tests tell Postfix the login with XCLIENT.
 */
final class LoginServer implements Closeable {
  private static final String GREETING =
      "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef0123456789abcdef\nDONE\n";

  private final ServerSocket listener;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  private LoginServer(ServerSocket listener) {
    this.listener = listener;
  }

  static LoginServer start() throws IOException {
    LoginServer server = new LoginServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(server::greetAll);
    return server;
  }

  /** As {@code smtpd_sasl_path} has it. */
  String path() {
    return "inet:127.0.0.1:" + listener.getLocalPort();
  }

  private void greetAll() {
    while (!listener.isClosed()) {
      greetNext();
    }
  }

  private void greetNext() {
    try {
      Socket client = listener.accept();
      clients.add(client);
      client.getOutputStream().write(GREETING.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
