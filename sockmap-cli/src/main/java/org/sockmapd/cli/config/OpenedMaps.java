package org.sockmapd.cli.config;

import java.util.List;
import org.sockmapd.lookup.LookupTables;

/**
 * What became of {@code postmaps}.
 *
 * @param tables the tables, to be closed by whoever has them
 * @param postmaps what they are
 */
record OpenedMaps(LookupTables tables, List<Postmap> postmaps) {}
