package org.sockmapd.lookup.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** A table that is asked for keys with their case folded, as Postfix does with SQL tables. */
public final class FoldedTable implements LookupTable {
  private final LookupTable origin;
  private final UnaryOperator<String> folding;

  /**
   * Wraps a table.
   *
   * @param origin a table with folded keys; closed with this one
   */
  public FoldedTable(LookupTable origin) {
    this(origin, CaseFolding::fold);
  }

  /**
   * Wraps a table whose keys are folded in some way.
   *
   * @param origin a table with folded keys; closed with this one
   * @param folding how they are folded
   */
  public FoldedTable(LookupTable origin, UnaryOperator<String> folding) {
    this.origin = origin;
    this.folding = folding;
  }

  @Override
  public LookupResult lookup(String key) {
    return origin.lookup(folding.apply(key));
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    origin.lookup(folding.apply(key), answer);
  }

  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    Map<String, String> sent = sentByFolded(keys);
    return asSent(origin.lookupFirst(List.copyOf(sent.keySet())), sent);
  }

  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    Map<String, String> sent = sentByFolded(keys);
    origin.lookupFirst(List.copyOf(sent.keySet()), match -> answer.accept(asSent(match, sent)));
  }

  @Override
  public boolean searches() {
    return origin.searches();
  }

  @Override
  public void close() {
    origin.close();
  }

  private Map<String, String> sentByFolded(List<String> keys) {
    Map<String, String> sent = new LinkedHashMap<>();
    keys.forEach(key -> sent.putIfAbsent(folding.apply(key), key));
    return sent;
  }

  private static FirstMatch asSent(FirstMatch match, Map<String, String> sent) {
    return new FirstMatch(sent.getOrDefault(match.key(), match.key()), match.result());
  }
}
