package org.sockmapd.lookup.search;

import java.util.List;
import java.util.function.Consumer;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/**
 * A table that is only asked for addresses in certain domains: the {@code domain} parameter of a
 * Postfix table. Every other key, one without a localpart too, is not found.
 */
public final class DomainFilteredTable implements LookupTable {
  private final DomainList domains;
  private final LookupTable origin;

  /**
   * Wraps a table.
   *
   * @param domains the domains that it is asked for
   * @param origin the table; closed with this one
   */
  public DomainFilteredTable(DomainList domains, LookupTable origin) {
    this.domains = domains;
    this.origin = origin;
  }

  @Override
  public LookupResult lookup(String key) {
    return passes(key) ? origin.lookup(key) : new LookupResult.NotFound();
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    if (passes(key)) {
      origin.lookup(key, answer);
    } else {
      answer.accept(new LookupResult.NotFound());
    }
  }

  @Override
  public FirstMatch lookupFirst(List<String> keys) {
    List<String> passing = keys.stream().filter(this::passes).toList();
    return passing.isEmpty() ? none(keys) : origin.lookupFirst(passing);
  }

  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    List<String> passing = keys.stream().filter(this::passes).toList();
    if (passing.isEmpty()) {
      answer.accept(none(keys));
    } else {
      origin.lookupFirst(passing, answer);
    }
  }

  @Override
  public boolean searches() {
    return origin.searches();
  }

  @Override
  public void close() {
    origin.close();
  }

  private boolean passes(String key) {
    int at = key.lastIndexOf('@');
    return at > 0 && domains.contains(key.substring(at + 1));
  }

  private static FirstMatch none(List<String> keys) {
    return new FirstMatch(keys.getLast(), new LookupResult.NotFound());
  }
}
