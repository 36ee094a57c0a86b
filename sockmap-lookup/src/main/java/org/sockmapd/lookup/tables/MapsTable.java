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
 * Several tables that are one, as those of one parameter are to Postfix ({@code maps(3)}): all are
 * asked for a key, in their order, before any answers to a less specific one. A table that fails is
 * not passed over.
 */
public final class MapsTable implements LookupTable {
  private final List<LookupTable> tables;

  /**
   * Makes a table of others.
   *
   * @param tables the tables in their order; not closed with this one
   */
  public MapsTable(List<LookupTable> tables) {
    this.tables = List.copyOf(tables);
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
    ask(0, keys, new FirstMatch(keys.getLast(), new NotFound()), answer);
  }

  @Override
  public boolean searches() {
    return tables.stream().anyMatch(LookupTable::searches);
  }

  /** Asks the tables that are left for the keys that are more specific than the best one found. */
  private void ask(
      int table, List<String> keys, FirstMatch best, Consumer<? super FirstMatch> answer) {
    if (table == tables.size() || keys.isEmpty()) {
      answer.accept(best);
      return;
    }
    tables
        .get(table)
        .lookupFirst(
            keys,
            match -> {
              switch (match.result()) {
                case NotFound no -> ask(table + 1, keys, best, answer);
                case Found yes -> ask(table + 1, before(match.key(), keys), match, answer);
                case TemporaryFailure failure -> answer.accept(match);
                case TimedOut timeout -> answer.accept(match);
              }
            });
  }

  private static List<String> before(String key, List<String> keys) {
    return keys.subList(0, Math.max(0, keys.indexOf(key)));
  }
}
