package org.sockmapd.cli.config;

import org.sockmapd.lookup.LookupTable;

/**
 * What became of one configured map.
 *
 * @param table the table, to be closed by whoever has it
 * @param postmap what it is
 */
record OpenedMap(LookupTable table, Postmap postmap) {}
