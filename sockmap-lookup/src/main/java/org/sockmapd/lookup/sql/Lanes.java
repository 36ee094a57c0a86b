package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;

/**
 * Decides who asks the questions of a table. While there are few, each caller asks its own and
 * waits, which wakes no other thread. When all {@code places} are taken, further questions queue,
 * and as long as some do, <em>lanes</em> take all that wait and ask them together; callers are free
 * to go on. Without a timer: a lane that comes back lets others go first that are ready to run, and
 * finds what has gathered meanwhile.
 */
final class Lanes {
  /** One lane at the database, while the other answers and gathers. */
  private static final int USUAL = 2;

  /** After this time without a move the lanes have met something slow, and get help. */
  private static final long STALL_NANOS = Duration.ofMillis(100).toNanos();

  private final int places;
  private final int maxLanes;
  private final int maxWaiting;
  private final Executor threads;
  private final LongSupplier nanoTime;
  private final IntSupplier maxKeys;
  private final Function<List<Question>, List<Runnable>> asker;
  private final GoFirst goFirst;
  private final LentThreads lentThreads;
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Question> waiting = new ArrayDeque<>();
  private int inPlaces;
  private int lanes;
  private long lastMove;

  /**
   * @param places how many callers may ask for themselves
   * @param maxLanes how many lanes may be, when those there are do not come back
   * @param maxWaiting how many questions may wait
   * @param threads lends threads that may block
   * @param maxKeys how many keys may be asked for together now
   * @param lentThreads tells which callers lend their own threads
   * @param asker finds the answers to one question, or to several that have no more keys; each
   *     result gives one answer
   */
  Lanes(
      int places,
      int maxLanes,
      int maxWaiting,
      Executor threads,
      LongSupplier nanoTime,
      IntSupplier maxKeys,
      LentThreads lentThreads,
      Function<List<Question>, List<Runnable>> asker) {
    this.places = places;
    this.maxLanes = maxLanes;
    this.maxWaiting = maxWaiting;
    this.threads = threads;
    this.nanoTime = nanoTime;
    this.goFirst = new GoFirst(nanoTime, Thread::yield);
    this.maxKeys = maxKeys;
    this.lentThreads = lentThreads;
    this.asker = asker;
  }

  /** Takes a place for a caller who asks for itself, and must then {@link #leave}. */
  boolean enter() {
    lock.lock();
    try {
      boolean free = lanes == 0 && inPlaces < places;
      inPlaces += free ? 1 : 0;
      return free;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inPlaces--;
    } finally {
      lock.unlock();
    }
  }

  /** Has a question asked by a lane; false when too many wait. */
  boolean add(Question question) {
    int usual = lentThreads.likely() ? 1 : Math.min(USUAL, maxLanes);
    lock.lock();
    try {
      if (waiting.size() >= maxWaiting) {
        return false;
      }
      waiting.add(question);
      if (lanes >= usual) {
        return true;
      }
      countLane();
    } finally {
      lock.unlock();
    }
    @Nullable NonBlocking lent = lentThreads.ofCaller();
    if (lent == null || !lent.later(this::serveLent)) {
      openLane();
    }
    return true;
  }

  /**
   * Opens another lane when questions wait for lanes that do not come back, and continues those
   * that cannot get rid of an answer. Called at times.
   */
  void watch() {
    deliveries.forEach(each -> each.takeOverAfter(STALL_NANOS).ifPresent(this::openLane));
    openAnother();
  }

  private void openAnother() {
    lock.lock();
    try {
      boolean stalled = nanoTime.getAsLong() - lastMove > STALL_NANOS;
      if (waiting.isEmpty() || !stalled || lanes >= maxLanes) {
        return;
      }
      countLane();
    } finally {
      lock.unlock();
    }
    // The next questions must not wait for a lent thread that does not come back.
    lentThreads.asked(0, STALL_NANOS);
    openLane();
  }

  private void countLane() {
    lanes++;
    lastMove = nanoTime.getAsLong();
  }

  private void openLane() {
    openLane(new Delivery(List.of(), nanoTime));
  }

  private void openLane(Delivery first) {
    boolean opened = false;
    try {
      threads.execute(() -> serve(first));
      opened = true;
    } finally {
      if (!opened) {
        closeLane();
      }
    }
  }

  /** Works until nothing waits, or another thread has taken the lane over. */
  private void serve(Delivery first) {
    boolean mine = deliver(first);
    while (mine) {
      goFirst.others();
      List<Question> some = take();
      mine = !some.isEmpty() && deliver(answersTo(some));
    }
  }

  /**
   * Works on a thread that serves others too, on which the lane has but one statement at a time: it
   * goes on when the others have had their turn.
   */
  private void serveLent() {
    List<Question> some = take();
    if (some.isEmpty()) {
      return;
    }
    long begun = nanoTime.getAsLong();
    Delivery answers = answersTo(some);
    lentThreads.asked(keys(some), nanoTime.getAsLong() - begun);
    if (!deliver(answers)) {
      return;
    }
    @Nullable NonBlocking lent = lentThreads.ofCallerAgain();
    if (lent == null || !lent.later(this::serveLent)) {
      openLane();
    }
  }

  private Delivery answersTo(List<Question> some) {
    boolean found = false;
    try {
      Delivery answers = new Delivery(asker.apply(some), nanoTime);
      found = true;
      return answers;
    } finally {
      if (!found) {
        closeLane();
      }
    }
  }

  /** Gives answers. Should one that takes its own throw, another thread goes on with the rest. */
  private boolean deliver(Delivery delivery) {
    boolean whole = false;
    deliveries.add(delivery);
    try {
      boolean mine = delivery.run();
      whole = true;
      return mine;
    } finally {
      deliveries.remove(delivery);
      if (!whole) {
        delivery.takeOver().ifPresent(this::openLane);
      }
    }
  }

  /** Takes what waits, as far as it fits one statement; closes the lane when nothing does. */
  private List<Question> take() {
    lock.lock();
    try {
      lastMove = nanoTime.getAsLong();
      List<Question> some = new ArrayList<>();
      int room = maxKeys.getAsInt();
      while (!waiting.isEmpty() && (some.isEmpty() || keysOfNext() <= room)) {
        room -= keysOfNext();
        some.add(waiting.remove());
      }
      lanes -= some.isEmpty() ? 1 : 0;
      return some;
    } finally {
      lock.unlock();
    }
  }

  private static int keys(List<Question> questions) {
    int keys = 0;
    for (Question question : questions) {
      keys += question.keys().size();
    }
    return keys;
  }

  private int keysOfNext() {
    return waiting.element().keys().size();
  }

  private void closeLane() {
    lock.lock();
    try {
      lanes--;
    } finally {
      lock.unlock();
    }
  }
}
