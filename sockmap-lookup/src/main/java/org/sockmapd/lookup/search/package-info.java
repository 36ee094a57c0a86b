/**
 * Keys as Postfix sees them when it reads an SQL table itself.
 *
 * <p>Postfix sends a socketmap the full key only, and neither folds its case nor tries a part of
 * it. {@link org.sockmapd.lookup.search.SearchTable} tries the other keys that Postfix would have
 * tried with an SQL table, in the same order ({@link org.sockmapd.lookup.search.SearchPlan});
 * {@link org.sockmapd.lookup.search.FoldedTable} folds each of them and {@link
 * org.sockmapd.lookup.search.DomainFilteredTable} passes over those of other domains. They are
 * stacked in that order, the search outermost: Postfix searches with the address as it was written,
 * so that a localpart or an extension that goes into the answer keeps its capitals, and it applies
 * {@code domain} to each key that it tries.
 *
 * <p>The rules are those of Postfix's {@code mail_addr_find(3)}, {@code mail_addr_map(3)}, {@code
 * split_addr(3)}, {@code quote_822_local(3)}, {@code smtpd_check.c}, {@code transport.c} and {@code
 * match_list(3)}.
 *
 * <p>Where Postfix has several tables for one purpose it asks all of them for a key before it tries
 * a less specific one. A table that searches by itself answers with its own less specific key
 * before Postfix asks the next table; so several tables are made one, a {@code maps} table, which
 * searches.
 */
@NullMarked
package org.sockmapd.lookup.search;

import org.jspecify.annotations.NullMarked;
