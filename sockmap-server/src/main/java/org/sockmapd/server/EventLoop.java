package org.sockmapd.server;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;
import org.sockmapd.lookup.sockets.PollingRecord;

/**
 * Serves many connections by one thread, which reads what has come on any of them, and has the
 * tables ask for all of it together; while a table waits for an answer on this thread, it goes on
 * reading. Takes no part in anything that waits for one client: such a connection leaves, for a
 * thread of its own.
 *
 * <p>Should the thread be held up all the same, by a table or by a client, another takes the loop
 * over with all its other connections.
 */
final class EventLoop implements AutoCloseable {
  private final Selector selector;
  private final Consumer<Connection> leaver;
  private final ServerEvents events;
  private final Queue<Connection> joining = new ConcurrentLinkedQueue<>();
  private final Queue<Lent> later = new ConcurrentLinkedQueue<>();
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
    int now = current.steps.count();
    if (closed) {
      return;
    }
    if (current.failed || (LoopSteps.isBusy(now) && now == seen && current.steps.takeAway(now))) {
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
    for (Lent lent = later.poll(); lent != null; lent = later.poll()) {
      var unused = Thread.ofVirtual().name("sockmapd-late-lookup").start(lent.task);
    }
  }

  /** Keeps a task for the thread that has the loop; false when it is too late. */
  private boolean keep(Lent task, Turn from) {
    later.add(task);
    if (from.steps.areOver()) {
      selector.wakeup(); // Another thread has the loop, and may be waiting.
    }
    return !closed || !later.remove(task);
  }

  private record Lent(Runnable task, Runnable meanwhile) {}

  /** A thread by which tables see that it serves many connections. */
  private final class LoopThread extends Thread implements NonBlocking {
    private final Turn turn;

    LoopThread(Turn turn) {
      super(turn, "sockmapd-loop");
      this.turn = turn;
      setDaemon(true);
    }

    @Override
    public boolean later(Runnable task, Runnable meanwhile) {
      return keep(new Lent(task, meanwhile), turn);
    }

    @Override
    public boolean serveOthers() {
      return turn.serveOthers();
    }

    @Override
    public long servingNanos() {
      return turn.servingNanos;
    }
  }

  /** The time for which one thread has the loop. */
  private final class Turn implements Runnable {
    /** About as long as a mail server takes to ask again. */
    private static final long LOOKING_NANOS = 50_000;

    private static final Runnable OTHERS_FIRST = Thread::yield;

    private final LoopSteps steps = new LoopSteps();
    private final PollingRecord looks = new PollingRecord();
    private final List<SelectionKey> ready = new ArrayList<>();

    private volatile boolean failed;

    /** Whether a task is being run, rather than a connection served. */
    private boolean lent;

    /** What to do when the task that is run waits. */
    private @Nullable Runnable meanwhile;

    private long servingNanos;

    void begin() {
      if (!ServingThreads.started(new LoopThread(this))) {
        failed = true;
      }
    }

    @Override
    public void run() {
      boolean ended = false;
      try {
        while (!steps.areOver()) {
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
      if (!serveReady() && later.isEmpty()) {
        lookOrWait();
      }
      runLater();
    }

    /** Answers who can be answered at once; false when nobody can. */
    private boolean serveReady() throws IOException {
      ready.clear();
      selector.selectNow(ready::add);
      return answerReady();
    }

    /** Looks for a request for a moment, if that has been worth it, and then waits. */
    private void lookOrWait() throws IOException {
      ready.clear();
      if (looks.next()) {
        long begun = System.nanoTime();
        do {
          OTHERS_FIRST.run();
          selector.selectNow(ready::add);
        } while (ready.isEmpty() && System.nanoTime() - begun < LOOKING_NANOS);
        looks.tried(!ready.isEmpty());
      }
      // Looking takes what would wake the selector: what came with that is for now.
      admit();
      if (ready.isEmpty() && later.isEmpty()) {
        selector.select(ready::add);
      }
      answerReady();
    }

    /** Each once; what they bring up comes after the others have had their turn. */
    private void runLater() {
      for (int left = later.size(); left > 0; left--) {
        if (!steps.begin(null)) {
          return;
        }
        Lent next = later.poll();
        if (next != null) {
          lent = true;
          meanwhile = next.meanwhile;
          next.task.run();
          meanwhile = null;
          lent = false;
        }
        if (!steps.end()) {
          return;
        }
      }
    }

    /**
     * For the task that is run: does nothing when another thread has the loop meanwhile, or when it
     * is one of the others that waits.
     */
    boolean serveOthers() {
      if (!lent) {
        return false;
      }
      long begun = System.nanoTime();
      boolean any = doMeanwhile();
      if (!steps.end()) {
        return false;
      }
      lent = false;
      try {
        any |= serveReady();
      } catch (ClosedSelectorException e) {
        // Nobody is left to be served.
      } catch (IOException e) {
        events.internalFailure("serving in an event loop", e);
      }
      if (any) {
        servingNanos += System.nanoTime() - begun;
      }
      lent = true;
      return steps.begin(null) && any;
    }

    /** A part of the task, so that the watch sees it when it is held up. */
    private boolean doMeanwhile() {
      Runnable task = meanwhile;
      meanwhile = null;
      if (task != null) {
        task.run();
      }
      return task != null;
    }

    private void admit() {
      for (Connection each = joining.poll(); each != null; each = joining.poll()) {
        if (!each.register(selector)) {
          leaver.accept(each);
        }
      }
    }

    private boolean answerReady() {
      admit();
      for (SelectionKey key : ready) {
        Connection connection = (Connection) key.attachment();
        if (!steps.begin(key)) {
          return true;
        }
        boolean stays = connection.answerWhatHasCome();
        boolean mine = steps.end();
        if (!stays || !mine) {
          key.cancel();
          leaver.accept(connection);
        }
      }
      return !ready.isEmpty();
    }
  }
}
