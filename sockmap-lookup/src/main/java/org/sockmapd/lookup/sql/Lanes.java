package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.NonBlocking;

/**
 * Asks the questions of a table. While there are few, each caller asks its own and waits, which
 * wakes no other thread. When all places are taken, further questions queue, and as long as some
 * do, <em>lanes</em> take all that wait and ask them together; callers are free to go on. Without a
 * timer: a lane that comes back lets others go first that are ready to run, and finds what has
 * gathered meanwhile.
 *
 * <p>A lane on a thread that is lent has one statement after the other under way: it gives the
 * answers of one while it waits for those of the next.
 */
final class Lanes {
  /** After this time without a move the lanes have met something slow, and get help. */
  private static final long STALL_NANOS = Duration.ofMillis(100).toNanos();

  private static final Delivery NOTHING = new Delivery(List.of(), () -> 0);

  private final LaneQueue queue;
  private final Executor threads;
  private final LongSupplier nanoTime;
  private final LentThreads lentThreads;
  private final Function<List<Question>, List<Runnable>> asker;
  private final GoFirst goFirst;

  /** Answers that are being given by the lane that found them. */
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  /** Answers that a lane on a lent thread gives while it waits for the next. */
  private final Set<Delivery> heldBack = ConcurrentHashMap.newKeySet();

  private volatile long lastMove;

  /**
   * @param queue counts the lanes
   * @param threads lends threads that may block
   * @param lentThreads tells which callers lend their own threads
   * @param asker finds the answers to one question, or to several that have no more keys than go
   *     together; each result gives one answer
   */
  Lanes(
      LaneQueue queue,
      Executor threads,
      LongSupplier nanoTime,
      LentThreads lentThreads,
      Function<List<Question>, List<Runnable>> asker) {
    this.queue = queue;
    this.threads = threads;
    this.nanoTime = nanoTime;
    this.goFirst = new GoFirst(nanoTime, Thread::yield);
    this.lentThreads = lentThreads;
    this.asker = asker;
  }

  /** Takes a place for a caller who asks for itself, and must then {@link #leave}. */
  boolean enter() {
    return queue.enter();
  }

  void leave() {
    queue.leave();
  }

  /** Has a question asked by a lane; false when too many wait. */
  boolean add(Question question) {
    @Nullable NonBlocking lent = queue.hasLentLane() ? null : lentThreads.ofCaller();
    switch (queue.add(question, lent != null)) {
      case FULL -> {
        return false;
      }
      case NO_LANE -> {}
      case LANE -> {
        moved();
        openLane();
      }
      case LENT_LANE -> {
        moved();
        goOnLent(lent, NOTHING);
      }
    }
    return true;
  }

  private void moved() {
    lastMove = nanoTime.getAsLong();
  }

  /**
   * Opens another lane when questions wait for lanes that do not come back, and continues those
   * that cannot get rid of an answer. Called at times.
   */
  void watch() {
    deliveries.forEach(each -> each.takeOverAfter(STALL_NANOS).ifPresent(this::openLane));
    heldBack.forEach(each -> each.takeOverAfter(STALL_NANOS).ifPresent(this::openGivingLane));
    openAnother();
  }

  private void openAnother() {
    if (nanoTime.getAsLong() - lastMove <= STALL_NANOS || !queue.addLane()) {
      return;
    }
    moved();
    // The next questions must not wait for a lent thread that does not come back.
    lentThreads.hung();
    openLane();
  }

  private void openLane() {
    openLane(NOTHING);
  }

  private void openLane(Delivery first) {
    boolean opened = false;
    try {
      threads.execute(() -> serve(first));
      opened = true;
    } finally {
      if (!opened) {
        queue.close(false);
      }
    }
  }

  /** Opens a lane for answers that another lane leaves to it. */
  private void openGivingLane(Delivery first) {
    queue.addGivingLane();
    openLane(first);
  }

  /** Works until nothing waits, or another thread has taken the lane over. */
  private void serve(Delivery first) {
    boolean mine = deliver(first);
    while (mine) {
      goFirst.others();
      List<Question> some = queue.take();
      moved();
      mine = !some.isEmpty() && deliver(answersTo(some, false));
    }
  }

  /**
   * Works on a thread that serves others too, on which the lane has but one statement at a time: it
   * goes on when the others have had their turn.
   *
   * @param held answers that are given while this waits for further ones, or else at once
   */
  private void serveLent(Delivery held) {
    List<Question> some = queue.takeLent(held == NOTHING);
    moved();
    if (!some.isEmpty()) {
      giveLent(askLent(some, held));
    } else if (held != NOTHING) {
      giveHeld(held);
      goOnLent(lentThreads.ofCallerAgain(), NOTHING);
    }
  }

  /** Gives answers when the next statement has been sent, if something waits for it. */
  private void giveLent(Delivery answers) {
    boolean more = queue.isWaiting();
    if (more) {
      heldBack.add(answers);
    }
    boolean mine = false;
    try {
      mine = more || deliver(answers);
    } finally {
      if (!mine) {
        queue.lentNoMore();
      }
    }
    if (mine) {
      goOnLent(lentThreads.ofCallerAgain(), more ? answers : NOTHING);
    }
  }

  private Delivery askLent(List<Question> some, Delivery held) {
    LentThreads.Watch watch = lentThreads.watch(keys(some));
    try {
      return answersTo(some, true);
    } finally {
      watch.answered();
      giveHeld(held);
    }
  }

  private void goOnLent(@Nullable NonBlocking lent, Delivery held) {
    if (lent == null || !lent.later(() -> serveLent(held), () -> giveHeld(held))) {
      queue.lentNoMore();
      giveHeld(held);
      openLane();
    }
  }

  private void giveHeld(Delivery held) {
    boolean whole = false;
    try {
      held.run();
      whole = true;
    } finally {
      heldBack.remove(held);
      if (!whole) {
        held.takeOver().ifPresent(this::openGivingLane);
      }
    }
  }

  private Delivery answersTo(List<Question> some, boolean lent) {
    boolean found = false;
    try {
      Delivery answers = new Delivery(asker.apply(some), nanoTime);
      found = true;
      return answers;
    } finally {
      if (!found) {
        queue.close(lent);
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

  private static int keys(List<Question> questions) {
    int keys = 0;
    for (Question question : questions) {
      keys += question.keys().size();
    }
    return keys;
  }
}
