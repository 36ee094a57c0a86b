package org.sockmapd.server;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.Endpoint;

/** A socket that listens, and the thread that accepts what comes. */
final class Listener implements Runnable {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final ListeningSocket socket;
  private final Reception reception;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile ListenerSettings settings;
  private @Nullable Thread acceptor;

  private Listener(ListeningSocket socket, ListenerSettings settings, Reception reception) {
    this.socket = socket;
    this.settings = settings;
    this.reception = reception;
  }

  /**
   * Listens, but accepts nothing before {@link #start}: clients wait in the system's queue.
   *
   * @throws BindException with a one-line message that names the endpoint and what is in the way
   */
  static Listener open(ListenerSettings settings, Reception reception) throws BindException {
    return new Listener(ListeningSocket.open(settings), settings, reception);
  }

  ListenerSettings settings() {
    return settings;
  }

  Endpoint endpoint() {
    return socket.endpoint();
  }

  /** Returns whether clients can still connect, as far as is known here. */
  boolean isReachable() {
    return socket.isReachable();
  }

  /** Applies other settings for the same endpoint, to those who connect from now on. */
  void change(ListenerSettings changed) throws BindException {
    socket.permit(changed);
    settings = changed;
  }

  void start() {
    acceptor = Thread.ofPlatform().name("sockmapd-accept " + endpoint()).start(this);
    reception.events().listening(endpoint());
  }

  /** Accepts until the socket is closed. Nothing else ends this thread but a broken JVM. */
  @Override
  public void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (closing.getCount() > 0) {
      if (acceptOne()) {
        pause = FIRST_PAUSE_MILLIS;
      } else {
        pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private boolean acceptOne() {
    try {
      reception.receive(socket.accept(), settings);
      return true;
    } catch (ClosedChannelException e) {
      return true; // By close(), which has said so before.
    } catch (IOException e) {
      reception.acceptFailed(endpoint(), e);
    } catch (VirtualMachineError e) {
      reception.events().fatal(e);
      throw e;
    } catch (RuntimeException | Error e) {
      reception.events().internalFailure("accepting on " + endpoint(), e);
    }
    return false;
  }

  /** What is lacking, most likely file descriptors, does not come by asking at once again. */
  private void pause(long millis) {
    try {
      closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes the socket and waits until the acceptor has handed over what it had accepted: a
   * connection accepted at this moment must not be missed by who drains them next.
   */
  void close() {
    closing.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      reception.events().internalFailure("closing " + endpoint(), e);
    }
    if (acceptor != null) {
      if (acceptor != Thread.currentThread()) {
        join(acceptor);
      }
      reception.events().closed(endpoint());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
