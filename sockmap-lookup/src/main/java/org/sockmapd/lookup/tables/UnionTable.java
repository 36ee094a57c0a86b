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
 * Several tables that are one, as those of Postfix's {@code unionmap:{…}} ({@code dict_union(3)}):
 * every table is asked for a key, and the values of all that hold it are joined with a comma, in
 * the order of the tables. It fails when one of them does.
 */
public final class UnionTable implements LookupTable {
  private final List<LookupTable> tables;

  /**
   * Makes a table of others.
   *
   * @param tables the tables in their order; not closed with this one
   */
  public UnionTable(List<LookupTable> tables) {
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

  /** Asks the tables that are left for the best key found, and for those before it. */
  private void ask(
      int table, List<String> keys, FirstMatch best, Consumer<? super FirstMatch> answer) {
    if (table == tables.size()) {
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
                case Found yes ->
                    ask(table + 1, upTo(match.key(), keys), joined(best, match, yes), answer);
                case TemporaryFailure failure -> answer.accept(match);
                case TimedOut timeout -> answer.accept(match);
              }
            });
  }

  private static FirstMatch joined(FirstMatch best, FirstMatch match, Found found) {
    return best.result() instanceof Found(String values) && best.key().equals(match.key())
        ? new FirstMatch(match.key(), new Found(values + "," + found.value()))
        : match;
  }

  private static List<String> upTo(String key, List<String> keys) {
    int index = keys.indexOf(key);
    return index < 0 ? keys : keys.subList(0, index + 1);
  }
}
