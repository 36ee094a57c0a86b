package org.sockmapd.lookup.sql;

import java.util.List;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable.FirstMatch;

/**
 * A lookup that waits for its answer.
 *
 * @param keys the keys to try, most specific first; none only where the answer is that there is
 *     none
 * @param last the key to name when none has a value
 * @param deadline until when it is to be answered
 * @param answer takes the answer, once
 */
record Question(
    List<BoundKey> keys, String last, Deadline deadline, Consumer<? super FirstMatch> answer) {

  /** Gives one answer to all its keys. */
  void give(LookupResult result) {
    answer.accept(match(result));
  }

  /** Gives the answer of the first key that has one. */
  void give(List<LookupResult> results) {
    answer.accept(TableLookups.firstOf(keys, results, last));
  }

  /** What one answer to all its keys comes to. */
  FirstMatch match(LookupResult result) {
    return new FirstMatch(result instanceof NotFound ? last : keys.getFirst().key(), result);
  }
}
