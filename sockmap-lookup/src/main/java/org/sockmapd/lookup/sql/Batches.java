package org.sockmapd.lookup.sql;

import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupTable.FirstMatch;

/**
 * Asks questions of a table together, with one statement. When that fails, each is asked by itself,
 * so that one key cannot spoil the answer to another.
 */
final class Batches {
  /** More keys in one statement save little, and make each of the server's sessions large. */
  private static final int MAX_KEYS = 32;

  /** Connector/J does not keep a longer statement prepared. */
  private static final int MAX_LENGTH = 60_000;

  /** For how many keys statements are made: few, since each connection prepares them all. */
  private static final int[] SIZES = {2, 3, 4, 6, 8, 12, 16, 24, MAX_KEYS};

  private final TableLookups lookups;
  private final BatchPause pause;
  private final Executor threads;
  private final int maxKeys;
  private final int maxSeconds;

  /** What a question must have left to be asked: a node gets half of its share for it. */
  private final long leastNanos;

  /**
   * Makes batches for a table that {@link TableLookups#canAskTogether}.
   *
   * @param threads lends threads that may block
   */
  Batches(TableLookups lookups, DatabaseSettings settings, BatchPause pause, Executor threads) {
    this.lookups = lookups;
    this.pause = pause;
    this.threads = threads;
    this.maxKeys = Math.clamp(MAX_LENGTH / lookups.statementLength(), 1, MAX_KEYS);
    this.maxSeconds = half(settings.statementTimeout());
    this.leastNanos = settings.nodeShare().toNanos() / 2;
  }

  /** The other half is for asking one by one. */
  private static int half(Duration statementTimeout) {
    return (int) Math.min(statementTimeout.dividedBy(2).toSeconds(), Integer.MAX_VALUE);
  }

  /** How many keys may go together now; 1 when each is to be asked for by itself. */
  int maxKeys() {
    return pause.on() || !lookups.canAskTogether() ? 1 : maxKeys;
  }

  /**
   * Answers each question.
   *
   * @param questions one, or several with no more than {@link #maxKeys} keys in all
   */
  void ask(List<Question> questions) {
    List<Question> inTime = questions.stream().filter(this::inTime).toList();
    if (inTime.size() == 1) {
      askAlone(inTime.getFirst());
    } else if (!inTime.isEmpty()) {
      askTogether(inTime);
    }
  }

  private boolean inTime(Question question) {
    boolean late = question.deadline().remainingNanos() < leastNanos;
    if (late) {
      SQLTimeoutException why = new SQLTimeoutException("no statement could be sent in time");
      question.give(lookups.refused(FailureKind.TIMEOUT, why));
    }
    return !late;
  }

  private void askAlone(Question question) {
    // What it gets if even the asking fails, which is a defect.
    FirstMatch match = question.match(new TemporaryFailure("lookup failed"));
    try {
      match = lookups.first(question.keys(), question.last(), question.deadline());
    } finally {
      question.answer().accept(match);
    }
  }

  private void askTogether(List<Question> questions) {
    List<BoundKey> keys = questions.stream().flatMap(each -> each.keys().stream()).toList();
    List<LookupResult> results =
        Collections.nCopies(keys.size(), new TemporaryFailure("lookup failed"));
    boolean settled = true;
    try {
      // The oldest: it came first.
      Deadline deadline = questions.getFirst().deadline();
      results = lookups.together(keys, size(keys.size()), maxSeconds, deadline);
      settled = lookups.canAskTogether();
      pause.worked();
    } catch (LookupFailure e) {
      results = Collections.nCopies(keys.size(), e.toResult());
      settled = concernsAll(e.kind());
      if (!settled && e.kind() != FailureKind.PASSING) {
        pause.failed();
      }
    } finally {
      if (settled) {
        give(questions, results);
      } else {
        askEach(questions);
      }
    }
  }

  private static void give(List<Question> questions, List<LookupResult> results) {
    int from = 0;
    for (Question question : questions) {
      int to = from + question.keys().size();
      question.give(results.subList(from, to));
      from = to;
    }
  }

  /** A node that is down is down for each key. */
  private static boolean concernsAll(FailureKind kind) {
    return switch (kind) {
      case NODE, ALL_DOWN -> true;
      case TIMEOUT, PASSING, KEY, QUERY -> false;
    };
  }

  /** All at once: one that is slow again must not use up the time of the others. */
  private void askEach(List<Question> questions) {
    questions.forEach(question -> threads.execute(() -> askAlone(question)));
  }

  private int size(int keys) {
    int size = MAX_KEYS;
    for (int i = SIZES.length - 1; i >= 0 && SIZES[i] >= keys; i--) {
      size = SIZES[i];
    }
    return Math.clamp(size, keys, maxKeys);
  }
}
