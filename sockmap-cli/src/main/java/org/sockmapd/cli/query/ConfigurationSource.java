package org.sockmapd.cli.query;

import org.sockmapd.lookup.LookupTable;
import org.sockmapd.lookup.LookupTables;
import org.sockmapd.protocol.SocketmapRequest;

/** The tables of a configuration, asked without a server. */
final class ConfigurationSource implements Source {
  private final LookupTables tables;
  private final LookupTable table;

  ConfigurationSource(LookupTables tables, LookupTable table) {
    this.tables = tables;
    this.table = table;
  }

  /** A key that is not text, or holds NUL, is in no table, as the server says it. */
  @Override
  public Answer ask(SocketmapRequest request) {
    return request
        .key()
        .filter(key -> key.indexOf('\0') < 0)
        .map(key -> Answer.of(table.lookup(key)))
        .orElseGet(Answer.Absent::new);
  }

  @Override
  public void close() {
    tables.close();
  }
}
