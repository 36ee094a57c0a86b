package org.sockmapd.lookup.sql;

import java.sql.SQLTransientException;
import java.util.random.RandomGenerator;
import org.sockmapd.lookup.LookupTable.FirstMatch;
import org.sockmapd.lookup.NonBlocking;

/** Answers the lookups of one table: each by its caller, or many with one statement. */
final class Batching {
  /** Connections that are left to the lanes, one each. */
  private static final int LEFT_TO_LANES = 2;

  /** Beyond so many lookups at one time it is cheaper to ask for several keys together. */
  private static final int MAX_PLACES = 2;

  private final TableLookups lookups;
  private final Database database;
  private final Batches batches;
  private final Lanes lanes;

  Batching(TableLookups lookups, Database database) {
    this.lookups = lookups;
    this.database = database;
    DatabaseSettings settings = database.settings();
    BatchPause pause = new BatchPause(database.nanoTime(), RandomGenerator.getDefault());
    this.batches = new Batches(lookups, settings, pause, database.threads(), database.nanoTime());
    LentThreads lentThreads = new LentThreads(database::answersWithoutDelay, database.nanoTime());
    LaneQueue queue =
        new LaneQueue(
            places(settings),
            settings.poolSize() * settings.hosts().size(),
            settings.maxWaiting(),
            batches::maxKeys,
            lentThreads::quick);
    this.lanes =
        new Lanes(queue, database.threads(), database.nanoTime(), lentThreads, batches::ask);
    database.watch(this::watch);
  }

  private void watch() {
    lanes.watch();
    if (database.answering()) {
      batches.askSlowOnesAlone();
    }
  }

  private static int places(DatabaseSettings settings) {
    return Math.clamp(settings.poolSize() - LEFT_TO_LANES, 1, MAX_PLACES);
  }

  /** Answers a question, before this returns or later. */
  void answer(Question question) {
    int most = batches.maxKeys();
    if (most == 1 || question.keys().size() > most) {
      lookups.answer(question);
    } else if (!NonBlocking.isCurrentThread() && lanes.enter()) {
      question.answer().accept(inPlace(question));
    } else {
      enqueue(question);
    }
  }

  private FirstMatch inPlace(Question question) {
    try {
      return lookups.first(question);
    } finally {
      lanes.leave();
    }
  }

  private void enqueue(Question question) {
    if (!lanes.add(question)) {
      SQLTransientException full = new SQLTransientException("too many lookups wait");
      question.give(lookups.refused(FailureKind.PASSING, full));
    }
  }
}
