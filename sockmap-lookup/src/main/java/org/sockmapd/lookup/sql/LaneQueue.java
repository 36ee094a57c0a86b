package org.sockmapd.lookup.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Counts who asks the questions of a table, and keeps those that wait to be asked. A lane may run
 * on a thread that is lent; while its answers are quick, and no more waits than one statement
 * takes, it is the only one. Safe for use by many threads.
 */
final class LaneQueue {
  /** One lane at the database, while the other answers and gathers. */
  private static final int USUAL = 2;

  private final int places;
  private final int maxLanes;
  private final int maxWaiting;
  private final IntSupplier maxKeys;
  private final BooleanSupplier quick;

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Question> waiting = new ArrayDeque<>();
  private int inPlaces;
  private int lanes;

  /** Whether one of the lanes runs on a thread that is lent. Written under the lock. */
  private volatile boolean lent;

  /**
   * @param places how many callers may ask for themselves
   * @param maxLanes how many lanes may be, when those there are do not come back
   * @param maxWaiting how many questions may wait
   * @param maxKeys how many keys may be asked for together now
   * @param quick whether a lane on a lent thread gets its answers quickly
   */
  LaneQueue(int places, int maxLanes, int maxWaiting, IntSupplier maxKeys, BooleanSupplier quick) {
    this.places = places;
    this.maxLanes = maxLanes;
    this.maxWaiting = maxWaiting;
    this.maxKeys = maxKeys;
    this.quick = quick;
  }

  /** What an added question calls for. */
  enum Call {
    /** It was not added: too many wait. */
    FULL,
    NO_LANE,
    LANE,
    LENT_LANE
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

  /** Tells whether a lane runs on a lent thread. */
  boolean hasLentLane() {
    return lent;
  }

  /**
   * Has a question wait. A lane that this calls for is counted already.
   *
   * @param lend whether the calling thread is lent
   */
  Call add(Question question, boolean lend) {
    lock.lock();
    try {
      if (waiting.size() >= maxWaiting) {
        return Call.FULL;
      }
      waiting.add(question);
      if (lend && !lent && lanes < maxLanes) {
        lent = true;
        lanes++;
        return Call.LENT_LANE;
      }
      if (lanes >= usual()) {
        return Call.NO_LANE;
      }
      lanes++;
      return Call.LANE;
    } finally {
      lock.unlock();
    }
  }

  private int usual() {
    return lentIsEnough() ? 1 : Math.min(USUAL, maxLanes);
  }

  /** Beyond what one statement takes, a second processor is worth its waking. */
  private boolean lentIsEnough() {
    return lent && quick.getAsBoolean() && waiting.size() <= maxKeys.getAsInt();
  }

  /** Counts a further lane for what waits; false when nothing does, or there are too many. */
  boolean addLane() {
    lock.lock();
    try {
      boolean another = !waiting.isEmpty() && lanes < maxLanes;
      lanes += another ? 1 : 0;
      return another;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a lane that has something to give, whatever waits. */
  void addGivingLane() {
    lock.lock();
    try {
      lanes++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits for a lane with a thread of its own, as far as it fits one statement. When
   * there is nothing, or a lane on a lent thread sees to it, the lane is counted no more.
   */
  List<Question> take() {
    lock.lock();
    try {
      if (lanes > 1 && lentIsEnough()) {
        lanes--;
        return List.of();
      }
      List<Question> some = some();
      lanes -= some.isEmpty() ? 1 : 0;
      return some;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits for the lane on a lent thread.
   *
   * @param closes whether the lane is counted no more when there is nothing
   */
  List<Question> takeLent(boolean closes) {
    lock.lock();
    try {
      List<Question> some = some();
      if (some.isEmpty() && closes) {
        lent = false;
        lanes--;
      }
      return some;
    } finally {
      lock.unlock();
    }
  }

  private List<Question> some() {
    List<Question> some = new ArrayList<>();
    int room = maxKeys.getAsInt();
    while (!waiting.isEmpty() && (some.isEmpty() || keysOfNext() <= room)) {
      room -= keysOfNext();
      some.add(waiting.remove());
    }
    return some;
  }

  private int keysOfNext() {
    return waiting.element().keys().size();
  }

  /** Tells whether something waits. */
  boolean isWaiting() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The lane on a lent thread goes on with a thread of its own. */
  void lentNoMore() {
    lock.lock();
    try {
      lent = false;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a lane no more, whatever waits. */
  void close(boolean wasLent) {
    lock.lock();
    try {
      lanes--;
      if (wasLent) {
        lent = false;
      }
    } finally {
      lock.unlock();
    }
  }
}
