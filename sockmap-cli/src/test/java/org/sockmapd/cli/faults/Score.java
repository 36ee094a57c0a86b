package org.sockmapd.cli.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What became of the questions to one database. Safe for use by many threads. */
final class Score {
  private static final int DEFECTS_TOLD = 20;

  private final List<String> defects = new ArrayList<>();
  private Tally tally = Tally.NONE;
  private long lastFailure;
  private long defectCount;

  synchronized void replied(Verdict verdict, long sent, long received) {
    tally = tally.plus(verdict, TimeUnit.NANOSECONDS.toMillis(received - sent));
    if (verdict != Verdict.RIGHT) {
      lastFailure = received;
    }
  }

  /** Something that must never happen: a wrong answer, or none. */
  synchronized void defect(String what) {
    defectCount++;
    if (defects.size() < DEFECTS_TOLD) {
      defects.add(what);
    }
  }

  /** Gives the counts since this was called before. */
  synchronized Tally take() {
    Tally taken = tally;
    tally = Tally.NONE;
    return taken;
  }

  /** When the last reply came that was no answer, as {@link System#nanoTime}; 0 if none did. */
  synchronized long lastFailure() {
    return lastFailure;
  }

  synchronized List<String> defects() {
    List<String> told = new ArrayList<>(defects);
    if (defectCount > told.size()) {
      told.add("and %d more".formatted(defectCount - told.size()));
    }
    return told;
  }
}
