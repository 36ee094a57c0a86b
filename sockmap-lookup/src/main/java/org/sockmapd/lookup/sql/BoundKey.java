package org.sockmapd.lookup.sql;

import java.util.List;

/**
 * A key that a row can have, made ready to ask for.
 *
 * @param key the key, as it was asked for
 * @param values what to bind for it
 */
record BoundKey(String key, List<String> values) {}
