package org.sockmapd.lookup.tables;

import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** A table that always fails for now, as Postfix's {@code fail:}. To try what happens then. */
public final class FailTable implements LookupTable {
  private final LookupResult failure;

  /**
   * Makes a table.
   *
   * @param reason what to tell the mail system
   */
  public FailTable(String reason) {
    this.failure = new LookupResult.TemporaryFailure(reason);
  }

  @Override
  public LookupResult lookup(String key) {
    return failure;
  }
}
