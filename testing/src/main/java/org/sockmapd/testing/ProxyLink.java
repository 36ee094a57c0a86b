package org.sockmapd.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** One connection through a {@link FaultyProxy}: the client's socket and the server's. */
final class ProxyLink {

  private static final int CHUNK_BYTES = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final FaultSwitch faults;
  private Fault counted = new Fault.Forward();
  private long repliedBytes;

  ProxyLink(Socket client, Socket server, FaultSwitch faults) {
    this.client = client;
    this.server = server;
    this.faults = faults;
  }

  /** Carries both ways until both have ended, then says so. */
  void carry(ThreadFactory threads, Consumer<ProxyLink> ended) {
    Thread replies = threads.newThread(() -> carry(server, client, this::passReply));
    replies.start();
    carry(client, server, this::pass);
    join(replies);
    ended.accept(this);
  }

  /** Ends both connections with RST, as a machine does that has forgotten them. */
  void reset() {
    reset(client);
    reset(server);
  }

  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException closedBefore) {
      // Then there is nothing to reset.
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Pass {
    void chunk(byte[] bytes, int length, OutputStream out) throws IOException;
  }

  private void carry(Socket from, Socket to, Pass pass) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      OutputStream out = to.getOutputStream();
      for (int n = from.getInputStream().read(chunk);
          n >= 0;
          n = from.getInputStream().read(chunk)) {
        pass.chunk(chunk, n, out);
      }
      faults.pass();
      to.shutdownOutput();
      closeWhenBothDone(from, to);
    } catch (IOException gone) {
      // Whatever ended one side ends the other.
      reset();
    }
  }

  private static void closeWhenBothDone(Socket from, Socket to) throws IOException {
    if (from.isOutputShutdown()) {
      from.close();
      to.close();
    }
  }

  private void pass(byte[] bytes, int length, OutputStream out) throws IOException {
    faults.pass();
    out.write(bytes, 0, length);
  }

  private void passReply(byte[] bytes, int length, OutputStream out) throws IOException {
    Fault fault = faults.pass();
    if (fault instanceof Fault.CutAfterBytes cut) {
      passUntilCut(cut, bytes, length, out);
    } else {
      out.write(bytes, 0, length);
    }
  }

  private void passUntilCut(Fault.CutAfterBytes cut, byte[] bytes, int length, OutputStream out)
      throws IOException {
    if (counted != cut) {
      counted = cut;
      repliedBytes = 0;
    }
    int allowed = (int) Math.min(length, cut.bytes - repliedBytes);
    out.write(bytes, 0, allowed);
    repliedBytes += allowed;
    if (repliedBytes >= cut.bytes) {
      closeInOrder();
    }
  }

  // FIN rather than RST, which would throw away the bytes that were let through.
  private void closeInOrder() throws IOException {
    client.close();
    server.close();
  }
}
