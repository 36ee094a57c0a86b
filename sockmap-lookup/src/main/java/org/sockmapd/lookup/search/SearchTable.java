package org.sockmapd.lookup.search;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupResult.Found;
import org.sockmapd.lookup.LookupResult.NotFound;
import org.sockmapd.lookup.LookupTable;

/**
 * A table that is asked for the parts of a key too, as Postfix asks an SQL table. The keys go to
 * the wrapped table together, which can so answer all of them with one query.
 */
public final class SearchTable implements LookupTable {
  private final String mapName;
  private final SearchPlan plan;
  private final boolean propagateExtension;
  private final Optional<LookupTable> localDomains;
  private final LookupTable origin;
  private final LookupEvents events;

  private SearchTable(Builder builder) {
    this.mapName = builder.mapName;
    this.plan = builder.plan;
    this.propagateExtension = builder.propagateExtension;
    this.localDomains = Optional.ofNullable(builder.localDomains);
    this.origin = builder.origin;
    this.events = builder.events;
  }

  /**
   * Begins to wrap a table.
   *
   * @param plan the keys to try
   * @param origin the table; closed with the new one
   * @return a builder
   */
  public static Builder builder(SearchPlan plan, LookupTable origin) {
    return new Builder(plan, origin);
  }

  @Override
  public LookupResult lookup(String key) {
    CompletableFuture<LookupResult> answer = new CompletableFuture<>();
    lookup(key, answer::complete);
    return answer.join();
  }

  @Override
  public void lookup(String key, Consumer<? super LookupResult> answer) {
    boolean maybeLocal = localDomains.isPresent() || plan.isLocal(key);
    search(key, plan.candidates(key, maybeLocal), answer);
  }

  /** Asks for each key in turn, and for its parts. */
  @Override
  public void lookupFirst(List<String> keys, Consumer<? super FirstMatch> answer) {
    String key = keys.getFirst();
    lookup(
        key,
        result -> {
          if (result instanceof NotFound && keys.size() > 1) {
            lookupFirst(keys.subList(1, keys.size()), answer);
          } else {
            answer.accept(new FirstMatch(key, result));
          }
        });
  }

  @Override
  public boolean searches() {
    return plan.kind() != SearchKind.EXACT || origin.searches();
  }

  @Override
  public void close() {
    origin.close();
  }

  private void search(
      String key, List<Candidate> candidates, Consumer<? super LookupResult> answer) {
    List<String> keys = candidates.stream().map(Candidate::key).toList();
    origin.lookupFirst(keys, match -> matched(key, candidates, match, answer));
  }

  private void matched(
      String key,
      List<Candidate> candidates,
      FirstMatch match,
      Consumer<? super LookupResult> answer) {
    Optional<Candidate> candidate = found(candidates, match);
    if (candidate.isPresent()
        && candidate.get().ifLocal()
        && localDomains.isPresent()
        && !plan.isLocal(key)) {
      // Users without domain are rare, so the domain is only asked for when one was found.
      localDomains
          .get()
          .lookup(
              SearchPlan.domainOf(key),
              local -> {
                switch (local) {
                  case Found yes -> finish(key, candidates, match, answer);
                  case NotFound no -> search(key, plan.candidates(key, false), answer);
                  case LookupResult.TemporaryFailure failure -> answer.accept(failure);
                  case LookupResult.TimedOut timeout -> answer.accept(timeout);
                }
              });
    } else {
      finish(key, candidates, match, answer);
    }
  }

  private static Optional<Candidate> found(List<Candidate> candidates, FirstMatch match) {
    return match.result() instanceof Found
        ? candidates.stream().filter(each -> each.key().equals(match.key())).findFirst()
        : Optional.empty();
  }

  private void finish(
      String key,
      List<Candidate> candidates,
      FirstMatch match,
      Consumer<? super LookupResult> answer) {
    if (events.explains()) {
      explain(candidates, match);
    }
    answer.accept(complete(key, candidates, match));
  }

  private LookupResult complete(String key, List<Candidate> candidates, FirstMatch match) {
    if (plan.rewriting() && match.result() instanceof Found(String value)) {
      String dropped = found(candidates, match).map(Candidate::extension).orElse("");
      return new Found(new FoundAddresses(key, dropped, propagateExtension).complete(value));
    }
    return match.result();
  }

  private void explain(List<Candidate> candidates, FirstMatch match) {
    @Nullable String found = match.result() instanceof Found ? match.key() : null;
    events.tried(mapName, candidates.stream().map(Candidate::key).toList(), found);
  }

  /** Collects what a table needs to search. For use by one thread. */
  public static final class Builder {
    private final SearchPlan plan;
    private final LookupTable origin;
    private String mapName = "";
    private boolean propagateExtension = true;
    private @Nullable LookupTable localDomains;
    private LookupEvents events = LookupEvents.NONE;

    private Builder(SearchPlan plan, LookupTable origin) {
      this.plan = plan;
      this.origin = origin;
    }

    /**
     * Sets whether an extension that was dropped to find an address goes into the addresses found:
     * right for the tables that Postfix's {@code propagate_unmatched_extensions} names, wrong for
     * those whose values are no addresses.
     *
     * @param propagate true by default; only of effect where the plan is one of rewriting
     * @return this builder
     */
    public Builder propagateExtension(boolean propagate) {
      this.propagateExtension = propagate;
      return this;
    }

    /**
     * Sets a table that holds local domains beside those of the plan.
     *
     * @param table holds each local domain as a key; not closed with this one
     * @return this builder
     */
    public Builder localDomains(LookupTable table) {
      this.localDomains = table;
      return this;
    }

    /**
     * Sets who hears which keys were tried.
     *
     * @param mapName the map, for the events
     * @param events the receiver
     * @return this builder
     */
    public Builder events(String mapName, LookupEvents events) {
      this.mapName = mapName;
      this.events = events;
      return this;
    }

    /**
     * Builds the table.
     *
     * @return a table that searches
     */
    public SearchTable build() {
      return new SearchTable(this);
    }
  }
}
