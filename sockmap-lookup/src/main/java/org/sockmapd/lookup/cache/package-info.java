/**
 * Answers remembered in front of a table. {@link org.sockmapd.lookup.cache.CachedTable} wraps any
 * {@link org.sockmapd.lookup.LookupTable}; {@link org.sockmapd.lookup.cache.CacheSettings} says how
 * long and how much. A table is not cached unless its configuration has a {@code cache} object,
 * which may be empty.
 *
 * <h2>Settings</h2>
 *
 * <pre>
 * "cache": {
 *   "found_ttl": "1m",        how long a value is given before the database is asked again;
 *                             "0s" remembers none
 *   "not_found_ttl": "10s",   the same for "not found"
 *   "max_bytes": "64m",       memory for the entries (k, m, g), or
 *   "max_entries": 100000,    their number instead; keys come from strangers and may be long, so
 *                             bytes are the safer bound
 *   "refresh_ahead": "20%",   a key asked in the last fifth of its time is asked again in the
 *                             background, so that a key in use never waits; "0%" for never
 *   "stale_for": "0s"         how long past its time an answer may be given while the database
 *                             fails
 * }
 * </pre>
 *
 * <h2>What it keeps and what it does not</h2>
 *
 * <p>Only what the table itself said ("found", "not found") is remembered. A failure is handed to
 * everybody who waited for it and forgotten. The time of an answer counts from the moment the
 * database was asked, not from when it answered.
 *
 * <p>Any number of callers that ask for one key at one time make one query. A caller of {@link
 * org.sockmapd.lookup.LookupTable#lookup(String, java.util.function.Consumer)} holds no thread
 * while it waits for somebody else's query.
 *
 * <p>With {@code stale_for}, a key is first asked, and only when that fails is the old answer
 * given. While the last query for a key failed less than ten seconds ago, its old answer is given
 * at once and the key is asked again in the background, at most once a second: an outage in which
 * every query takes its whole deadline does not slow down the mail.
 *
 * <p>{@link org.sockmapd.lookup.cache.CachedTable#flush()} forgets; a query that was on its way
 * then does not bring the old answer back. A new configuration makes new tables with empty caches.
 *
 * <h2>Memory</h2>
 *
 * <p>{@code max_bytes} counts keys, values and the structure around them as a 64-bit JVM lays them
 * out with compressed references, which is the rule for heaps under 32 GB. Collectors without them
 * (ZGC) need up to a third more.
 */
@NullMarked
package org.sockmapd.lookup.cache;

import org.jspecify.annotations.NullMarked;
