package org.sockmapd.cli.serve;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.sockmapd.cli.os.Signals;

/**
 * What the daemon is told while it runs. Orders are given by any thread and carried out one after
 * the other by one; only a second order to stop is carried out at once, by who gives it.
 */
public final class Orders {
  /** What there is to do. */
  enum Order {
    RELOAD,
    STOP
  }

  // Two are enough: a reload that has not begun will see the newest file, and nothing follows stop.
  private final BlockingQueue<Order> waiting = new LinkedBlockingQueue<>(2);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicReference<Runnable> force = new AtomicReference<>(() -> {});

  /** Takes orders from the signals of this process. */
  public void takeFromSignals() {
    Signals.handle("TERM", this::stop);
    Signals.handle("INT", this::stop);
    Signals.handle("HUP", this::reload);
    Signals.handle("USR1", this::reload);
  }

  /** Orders to read the configuration anew. */
  public synchronized void reload() {
    if (waiting.isEmpty()) {
      waiting.add(Order.RELOAD);
    }
  }

  /** Orders to stop; the second time, not to wait for requests under way. */
  public void stop() {
    if (stopping.compareAndSet(false, true)) {
      addStop();
    } else {
      force.get().run();
    }
  }

  private synchronized void addStop() {
    waiting.add(Order.STOP);
  }

  /** Sets how a second order to stop is carried out. */
  void force(Runnable action) {
    force.set(action);
  }

  Order next() throws InterruptedException {
    return waiting.take();
  }
}
