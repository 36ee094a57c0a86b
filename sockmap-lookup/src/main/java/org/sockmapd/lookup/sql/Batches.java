package org.sockmapd.lookup.sql;

import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable.FirstMatch;

/**
 * Asks questions of a table together, with one statement. When that fails, or takes too long, each
 * is asked by itself, so that one key cannot spoil the answer to another.
 */
final class Batches {
  /** More keys in one statement save little, and make each of the server's sessions large. */
  private static final int MAX_KEYS = 32;

  /** What joins the statement for a key to those for others, in characters. */
  private static final int JOINT = 40;

  /** For how many keys statements are made: few, since each connection prepares them all. */
  private static final int[] SIZES = {2, 3, 4, 6, 8, 12, 16, 24, MAX_KEYS};

  private final TableLookups lookups;
  private final BatchPause pause;
  private final Executor threads;
  private final int maxKeys;
  private final LongSupplier nanoTime;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

  /** How long a statement may take; the other half is for asking one by one. */
  private final long patienceNanos;

  /** What a question must have left to be asked: a node gets half of its share for it. */
  private final long leastNanos;

  /**
   * Makes batches for a table that {@link TableLookups#canAskTogether}.
   *
   * @param threads lends threads that may block
   */
  Batches(
      TableLookups lookups,
      DatabaseSettings settings,
      BatchPause pause,
      Executor threads,
      LongSupplier nanoTime) {
    this.lookups = lookups;
    this.pause = pause;
    this.threads = threads;
    this.maxKeys =
        Math.clamp(lookups.keptLength() / (lookups.statementLength() + JOINT), 1, MAX_KEYS);
    this.nanoTime = nanoTime;
    this.patienceNanos = settings.statementTimeout().dividedBy(2).toNanos();
    this.leastNanos = settings.nodeShare().toNanos() / 2;
  }

  /** Questions that one statement asks. Who settles it sees to their answers. */
  private static final class Attempt {
    final List<Question> questions;
    final long begun;
    private final AtomicBoolean settled = new AtomicBoolean();

    Attempt(List<Question> questions, long begun) {
      this.questions = questions;
      this.begun = begun;
    }

    boolean settle() {
      return settled.compareAndSet(false, true);
    }
  }

  /** How many keys may go together now; 1 when each is to be asked for by itself. */
  int maxKeys() {
    return pause.on() || !lookups.canAskTogether() ? 1 : maxKeys;
  }

  /**
   * Finds the answer to each question. What comes back gives them; those that are not among them
   * are given by other threads.
   *
   * @param questions one, or several with no more than {@link #maxKeys} keys in all
   */
  List<Runnable> ask(List<Question> questions) {
    return surely(questions, this::answers);
  }

  private static List<Runnable> surely(
      List<Question> questions, Function<List<Question>, List<Runnable>> asking) {
    @Nullable List<Runnable> answers = null;
    try {
      answers = asking.apply(questions);
    } finally {
      if (answers == null) {
        // A defect; it must not cost anybody the answer.
        questions.forEach(question -> question.give(new TemporaryFailure("lookup failed")));
      }
    }
    return answers;
  }

  private List<Runnable> answers(List<Question> questions) {
    List<Runnable> answers = new ArrayList<>(questions.size());
    List<Question> inTime = new ArrayList<>(questions.size());
    for (Question question : questions) {
      if (question.deadline().remainingNanos() < leastNanos) {
        LookupResult late = tooLate();
        answers.add(() -> question.give(late));
      } else {
        inTime.add(question);
      }
    }
    answers.addAll(inTime.size() == 1 ? List.of(alone(inTime.getFirst())) : together(inTime));
    return answers;
  }

  private LookupResult tooLate() {
    return lookups.refused(
        FailureKind.TIMEOUT, new SQLTimeoutException("no statement could be sent in time"));
  }

  private Runnable alone(Question question) {
    FirstMatch match = lookups.first(question);
    return () -> question.answer().accept(match);
  }

  private List<Runnable> together(List<Question> questions) {
    if (questions.isEmpty()) {
      return List.of();
    }
    Attempt attempt = new Attempt(questions, nanoTime.getAsLong());
    underWay.add(attempt);
    try {
      return together(attempt);
    } finally {
      underWay.remove(attempt);
    }
  }

  private List<Runnable> together(Attempt attempt) {
    List<Question> questions = attempt.questions;
    List<BoundKey> keys = keys(questions);
    try {
      // The oldest: it came first.
      Deadline deadline = questions.getFirst().deadline();
      List<LookupResult> results = lookups.together(keys, size(keys.size()), deadline);
      if (!attempt.settle()) {
        return List.of();
      }
      pause.worked();
      return lookups.canAskTogether() ? given(questions, results) : askEach(questions);
    } catch (LookupFailure e) {
      return attempt.settle() ? afterFailure(e, questions, keys.size()) : List.of();
    }
  }

  private static List<BoundKey> keys(List<Question> questions) {
    List<BoundKey> keys = new ArrayList<>(MAX_KEYS);
    for (Question question : questions) {
      keys.addAll(question.keys());
    }
    return keys;
  }

  private List<Runnable> afterFailure(LookupFailure failure, List<Question> questions, int keys) {
    if (concernsAll(failure.kind())) {
      lookups.unanswered(questions.size());
      return given(questions, Collections.nCopies(keys, failure.toResult()));
    }
    if (failure.kind() != FailureKind.PASSING) {
      pause.failed();
    }
    return askEach(questions);
  }

  /**
   * Asks one by one what a statement takes long to answer: one key may be slow, and the others need
   * not be. A time limit of the statement's own would wake a thread for each statement. To be
   * called again and again, while the database answers others.
   */
  void askSlowOnesAlone() {
    for (Attempt attempt : underWay) {
      if (nanoTime.getAsLong() - attempt.begun > patienceNanos && attempt.settle()) {
        pause.failed();
        surely(attempt.questions, this::askEach);
      }
    }
  }

  private static List<Runnable> given(List<Question> questions, List<LookupResult> results) {
    List<Runnable> answers = new ArrayList<>(questions.size());
    int from = 0;
    for (Question question : questions) {
      int to = from + question.keys().size();
      List<LookupResult> own = results.subList(from, to);
      answers.add(() -> question.give(own));
      from = to;
    }
    return answers;
  }

  /** A node that is down is down for each key. */
  private static boolean concernsAll(FailureKind kind) {
    return switch (kind) {
      case NODE, ALL_DOWN -> true;
      case TIMEOUT, PASSING, FULL, SESSION, SHARED, KEY, QUERY -> false;
    };
  }

  /** All at once: one that is slow again must not use up the time of the others. */
  private List<Runnable> askEach(List<Question> questions) {
    questions.forEach(question -> threads.execute(() -> lookups.surelyAnswer(question)));
    return List.of();
  }

  private int size(int keys) {
    int size = MAX_KEYS;
    for (int i = SIZES.length - 1; i >= 0 && SIZES[i] >= keys; i--) {
      size = SIZES[i];
    }
    return Math.clamp(size, keys, maxKeys);
  }
}
