package org.sockmapd.lookup.tables;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupResult.TemporaryFailure;
import org.sockmapd.lookup.LookupResult.TimedOut;
import org.sockmapd.lookup.LookupTable;

/**
 * Tables one behind the other, as those of Postfix's {@code pipemap:{…}} ({@code dict_pipe(3)}):
 * what one answers is the key for the next, and the last one's value is the answer. A key is not in
 * the whole when a table on the way does not hold what it is asked for.
 */
public final class PipeTable implements LookupTable {
  private final LookupTable first;
  private final List<LookupTable> rest;

  /**
   * Makes a table of others.
   *
   * @param tables the tables in their order, at least one; not closed with this one
   */
  public PipeTable(List<LookupTable> tables) {
    this.first = tables.getFirst();
    this.rest = List.copyOf(tables.subList(1, tables.size()));
  }

  @Override
  public LookupResult lookup(String key) {
    return lookupFirst(List.of(key)).result();
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    lookupFirst(List.of(key), match -> answer.accept(match.result()));
  }

  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    CompletableFuture<FirstMatch> answer = new CompletableFuture<>();
    lookupFirst(keys, answer::complete);
    return answer.join();
  }

  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    first.lookupFirst(
        keys, match -> pass(0, match.result(), result -> end(keys, match, result, answer)));
  }

  @Override
  public boolean searches() {
    return first.searches() || rest.stream().anyMatch(LookupTable::searches);
  }

  private void pass(int table, LookupResult result, Consumer<? super LookupResult> answer) {
    if (result instanceof Found(String value) && table < rest.size()) {
      rest.get(table).lookup(value, next -> pass(table + 1, next, answer));
    } else {
      answer.accept(result);
    }
  }

  /** A key that is lost on the way gives the turn to the less specific ones behind it. */
  private void end(
      List<String> keys,
      FirstMatch match,
      LookupResult result,
      Consumer<? super FirstMatch> answer) {
    switch (result) {
      case NotFound no -> {
        List<String> behind = behind(match, keys);
        if (behind.isEmpty()) {
          answer.accept(new FirstMatch(keys.getLast(), no));
        } else {
          lookupFirst(behind, answer);
        }
      }
      case Found yes -> answer.accept(new FirstMatch(match.key(), yes));
      case TemporaryFailure failure -> answer.accept(new FirstMatch(match.key(), failure));
      case TimedOut timeout -> answer.accept(new FirstMatch(match.key(), timeout));
    }
  }

  private static List<String> behind(FirstMatch match, List<String> keys) {
    int index = keys.indexOf(match.key());
    return match.result() instanceof Found && index >= 0
        ? keys.subList(index + 1, keys.size())
        : List.of();
  }
}
