/**
 * Tables that are answered from SQL databases.
 *
 * <p>A {@link org.sockmapd.lookup.sql.Database} is one schema on one or more hosts that hold the
 * same rows. Each host is a <em>node</em> with a small pool of its own. A lookup has one deadline;
 * it asks one node after the other within it, and a node gets at most its share of the time that is
 * left. What is wrong with a node (it refuses, hangs, is shutting down) takes the node out of use
 * until it answers a probe in the background; what is wrong with a query (an unknown table, no
 * permission) does not, and is not tried elsewhere: the nodes hold the same schema.
 *
 * <p>A {@link org.sockmapd.lookup.sql.SqlTable} asks one query. Its SQL is made once, with the
 * identifiers quoted for the dialect; keys are always bound, never pasted. Nothing that goes wrong
 * is thrown at the one who asks, and no text of a database leaves by the answer: it goes to {@link
 * org.sockmapd.lookup.LookupEvents}.
 *
 * <p>Waking a thread costs more than a prepared statement, so few lookups ask for themselves. Many
 * at one time are asked together: those that come while statements are under way travel in the next
 * one, and the thread that asked gives the answers. A key has there the answer it has alone: the
 * statement is the single one as often as there are keys, and when it fails each key is asked for
 * by itself.
 *
 * <p>An answer is of the statement that was asked, by a session as the server set it: each row
 * carries a constant of its statement where the query has room for one, and what outlives a
 * transaction is kept only in a session that is certainly the connection's own.
 *
 * <p>Passwords are kept by {@link org.sockmapd.lookup.sql.DatabaseSettings} alone, whose text form
 * leaves them out.
 */
@NullMarked
package org.sockmapd.lookup.sql;

import org.jspecify.annotations.NullMarked;
