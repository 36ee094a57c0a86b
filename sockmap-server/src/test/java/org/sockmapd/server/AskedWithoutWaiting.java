package org.sockmapd.server;

import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.LookupTable;

/** A table that the server must not wait for: it gives its answers to whom they are for. */
interface AskedWithoutWaiting extends LookupTable {
  @Override
  default LookupResult lookup(String key) {
    throw new UnsupportedOperationException("the server asks without waiting");
  }
}
