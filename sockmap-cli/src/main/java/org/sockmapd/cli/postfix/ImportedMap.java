package org.sockmapd.cli.postfix;

import java.util.Map;

/**
 * A postmap of the configuration.
 *
 * @param search {@code search} and its options; nothing for the key alone
 */
record ImportedMap(String name, ImportedTable table, Map<String, Object> search) {}
