package org.sockmapd.lookup.sql;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers. The next one is tried when one refuses,
 * or has not answered for a moment (RFC 8305, "Happy Eyeballs"); each has the whole time. For one
 * connection and one thread.
 */
final class AddressRace {
  private static final Duration HEAD_START = Duration.ofMillis(250);

  private final int port;
  private final Duration timeout;
  private final Supplier<Socket> sockets;
  private final BlockingQueue<Attempt> finished = new LinkedBlockingQueue<>();
  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * @param timeout when an address is given up
   * @param sockets makes sockets that are not connected
   */
  AddressRace(int port, Duration timeout, Supplier<Socket> sockets) {
    this.port = port;
    this.timeout = timeout;
    this.sockets = sockets;
  }

  /** One address that is tried. */
  private final class Attempt implements Runnable {
    private final InetAddress address;
    private final Socket socket = sockets.get();
    private @Nullable IOException failure;

    Attempt(InetAddress address) {
      this.address = address;
    }

    @Override
    public void run() {
      try {
        connect();
      } catch (IOException e) {
        failure = e;
      }
      finished.add(this);
    }

    Socket connect() throws IOException {
      try {
        socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
        return socket;
      } catch (SocketTimeoutException e) {
        socket.close();
        throw e;
      }
    }
  }

  /**
   * Connects.
   *
   * @param addresses in the order in which to try them, at least one
   * @throws IOException if none answers: for lack of time, if that is so for one of them
   */
  Socket connect(List<InetAddress> addresses) throws IOException {
    if (addresses.size() == 1) {
      return new Attempt(addresses.getFirst()).connect();
    }
    try {
      return winner(addresses);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    }
  }

  private Socket winner(List<InetAddress> addresses) throws IOException, InterruptedException {
    @Nullable Attempt winner = null;
    try {
      List<IOException> failures = new ArrayList<>();
      for (int next = 0; winner == null && failures.size() < addresses.size(); ) {
        boolean more = next < addresses.size();
        if (more) {
          start(addresses.get(next++));
        }
        @Nullable Attempt done = await(next < addresses.size());
        if (done != null && done.failure == null) {
          winner = done;
        } else if (done != null) {
          failures.add(done.failure);
        }
      }
      if (winner == null) {
        throw worst(failures);
      }
      return winner.socket;
    } finally {
      closeAllBut(winner);
    }
  }

  private void start(InetAddress address) {
    Attempt attempt = new Attempt(address);
    attempts.add(attempt);
    Thread.ofPlatform().daemon().name("sockmapd-connect " + address).start(attempt);
  }

  /** Waits for an attempt to end; only for a moment, if there are more to be made. */
  private @Nullable Attempt await(boolean more) throws InterruptedException {
    return more
        ? finished.poll(HEAD_START.toNanos(), TimeUnit.NANOSECONDS)
        : finished.take(); // Each ends when its time is over.
  }

  private static IOException worst(List<IOException> failures) {
    IOException worst = failures.getLast();
    for (IOException failure : failures) {
      worst = failure instanceof SocketTimeoutException ? failure : worst;
    }
    for (IOException failure : failures) {
      if (!failure.equals(worst)) {
        worst.addSuppressed(failure);
      }
    }
    return worst;
  }

  private void closeAllBut(@Nullable Attempt winner) {
    for (Attempt attempt : attempts) {
      if (!attempt.equals(winner)) {
        close(attempt.socket);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(AddressRace.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a socket failed", e);
    }
  }
}
