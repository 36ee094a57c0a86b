/**
 * Lookup tables of a mail system: what they are asked, what they answer, and who owns them.
 *
 * <p>{@link org.sockmapd.lookup.LookupTable} answers one key with a {@link
 * org.sockmapd.lookup.LookupResult}. The first rule is that <em>a failure is never an answer</em>:
 * whatever goes wrong while a key is looked up is a temporary failure or a timeout, never "not
 * found" (which refuses somebody's mail) and never an empty value (which lets in what should stay
 * out).
 *
 * <p>{@link org.sockmapd.lookup.LookupTables} holds the tables of one server by map name and closes
 * them together.
 */
@NullMarked
package org.sockmapd.lookup;

import org.jspecify.annotations.NullMarked;
