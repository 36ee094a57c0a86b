package org.sockmapd.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;

/** A server that does on each connection what the test says, and closes it afterwards. */
final class ScriptedServer implements AutoCloseable {
  /** What to do on a connection. */
  interface Script {
    void serve(Connection connection, int number) throws IOException, InterruptedException;
  }

  /** One connection. */
  record Connection(Socket socket, SocketmapRequestReader in, NetstringWriter out) {
    static Connection on(Socket socket) throws IOException {
      return new Connection(
          socket,
          new SocketmapRequestReader(socket.getInputStream(), SocketmapLimits.postfix()),
          new NetstringWriter(socket.getOutputStream()));
    }

    /** Answers every request with its key until the client closes. */
    void echo() throws IOException {
      for (SocketmapRequest request = in.read(); request != null; request = in.read()) {
        answer(request);
      }
    }

    void answer(SocketmapRequest request) throws IOException {
      out.write(new SocketmapReply.Ok(request.key().orElseThrow()));
      out.flush();
    }

    SocketmapRequest next() throws IOException {
      SocketmapRequest request = in.read();
      if (request == null) {
        throw new IOException("the client closed");
      }
      return request;
    }

    void waitUntilClosed() throws IOException {
      while (in.read() != null) {
        // Whatever else is asked stays unanswered.
      }
    }
  }

  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();

  ScriptedServer(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(() -> accept(script));
  }

  String endpoint() {
    return "inet:127.0.0.1:" + listener.getLocalPort();
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        int number = connections.getAndIncrement();
        Thread.ofPlatform().daemon().start(() -> serve(socket, script, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Script script, int number) {
    try (socket) {
      script.serve(Connection.on(socket), number);
    } catch (IOException | InterruptedException ended) {
      return; // The bench is done with it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
