package org.sockmapd.server;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;

/**
 * Serves many connections by one thread, which reads what has come on any of them, and has the
 * tables ask for all of it together. Takes no part in anything that waits for one client: such a
 * connection leaves, for a thread of its own.
 *
 * <p>Should the thread be held up all the same, by a table or by a client, another takes the loop
 * over with all its other connections.
 */
final class EventLoop implements AutoCloseable {
  private final Selector selector;
  private final Consumer<Connection> leaver;
  private final ServerEvents events;
  private final Queue<Connection> joining = new ConcurrentLinkedQueue<>();
  private volatile Turn turn = new Turn();
  private volatile boolean closed;

  /** What the watch saw last. */
  private int seen;

  /**
   * @param leaver takes the connections that leave
   */
  EventLoop(Consumer<Connection> leaver, ServerEvents events) throws IOException {
    this.selector = Selector.open();
    this.leaver = leaver;
    this.events = events;
    turn.begin();
  }

  /**
   * Takes a connection over that {@link Connection#enterLoop} has made ready.
   *
   * @return false when it is too late, and the connection is the caller's still
   */
  boolean join(Connection connection) {
    joining.add(connection);
    selector.wakeup();
    // Either this finds it here, or the one who closes.
    return !closed || !joining.remove(connection);
  }

  private void releaseJoining() {
    for (Connection left = joining.poll(); left != null; left = joining.poll()) {
      leaver.accept(left);
    }
  }

  /** Has another thread go on when one is held up, or has failed. Called at times by one thread. */
  void look() {
    Turn current = turn;
    int now = current.step.get();
    if (closed) {
      return;
    }
    if (current.failed || (Turn.isBusy(now) && now == seen && current.takeAway(now))) {
      seen = 0;
      turn = new Turn();
      turn.begin();
    } else {
      seen = now;
    }
  }

  /** Ends the thread. To be called when all connections are closed. */
  @Override
  public void close() throws IOException {
    closed = true;
    selector.close();
    releaseJoining();
  }

  /** A thread by which tables see that it serves many connections. */
  private static final class LoopThread extends Thread implements NonBlocking {
    LoopThread(Turn turn) {
      super(turn, "sockmapd-loop");
      setDaemon(true);
    }
  }

  /** The time for which one thread has the loop. */
  private final class Turn implements Runnable {
    private static final int OVER = -1;

    /** Counts the beginnings and ends of what may be held up: odd in between, or over. */
    private final AtomicInteger step = new AtomicInteger();

    private final List<SelectionKey> ready = new ArrayList<>();

    /** What is being served; written before the step that begins it. */
    private @Nullable SelectionKey served;

    private volatile boolean failed;

    static boolean isBusy(int step) {
      return step > 0 && (step & 1) != 0;
    }

    void begin() {
      if (!ServingThreads.started(new LoopThread(this))) {
        failed = true;
      }
    }

    @Override
    public void run() {
      boolean ended = false;
      try {
        while (step.get() != OVER) {
          serveOnce();
        }
        ended = true;
      } catch (ClosedSelectorException e) {
        ended = true;
      } catch (IOException | RuntimeException e) {
        events.internalFailure("serving in an event loop", e);
      } finally {
        failed = !ended;
      }
    }

    private void serveOnce() throws IOException {
      ready.clear();
      selector.select(ready::add);
      admit();
      answerReady();
    }

    private void admit() {
      for (Connection each = joining.poll(); each != null; each = joining.poll()) {
        if (!each.register(selector)) {
          leaver.accept(each);
        }
      }
    }

    private void answerReady() {
      for (SelectionKey key : ready) {
        Connection connection = (Connection) key.attachment();
        served = key;
        if (!next()) {
          return;
        }
        boolean stays = connection.answerWhatHasCome();
        boolean mine = next();
        if (!stays || !mine) {
          key.cancel();
          leaver.accept(connection);
        }
      }
    }

    /** Begins or ends something; false when another thread has the loop. */
    private boolean next() {
      int last = step.get();
      return last != OVER && step.compareAndSet(last, (last + 1) & Integer.MAX_VALUE);
    }

    /** Takes the loop from a thread that is still at a step. */
    boolean takeAway(int at) {
      if (!step.compareAndSet(at, OVER)) {
        return false;
      }
      if (served != null) {
        served.cancel();
      }
      return true;
    }
  }
}
