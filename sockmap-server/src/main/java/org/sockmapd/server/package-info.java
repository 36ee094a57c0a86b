/**
 * A socketmap server: {@link org.sockmapd.server.SocketmapServer} listens on any number of TCP and
 * UNIX sockets and answers from {@link org.sockmapd.lookup.LookupTables}.
 *
 * <pre>{@code
 * SocketmapServer server =
 *     SocketmapServer.builder()
 *         .tables(LookupTables.builder().add("virtual", table).build())
 *         .listen(Endpoint.parse("inet:127.0.0.1:2224"))
 *         .build();
 * server.start();
 * // ...
 * server.stop(Duration.ofSeconds(10));
 * }</pre>
 *
 * <h2>What a request gets</h2>
 *
 * <p>A failure is never an answer. What the tables say is {@code OK} or {@code NOTFOUND}; a table
 * that failed, threw, or gave a value that cannot be sent is {@code TEMP}; so is a map that there
 * is not. {@code PERM} is for what can never be answered: bytes that are no netstring, after which
 * the connection closes, and a netstring that is no request. A key that is not UTF-8 or holds NUL
 * is in no table: {@code NOTFOUND}, without a lookup.
 *
 * <h2>Threads</h2>
 *
 * <p>A {@linkplain org.sockmapd.server.ConnectionThreads thread} for each connection reads requests
 * and asks the tables, which may answer within the call or later, on another thread. Replies leave
 * in the order of the requests, those that are ready together in one write. A thread that answers
 * late also writes the reply if it is short and the client asks for one thing at a time; a client
 * that may not be reading gets a thread of its own to wait for it.
 *
 * <p>Of many connections, those whose tables answer late share a thread that reads whatever has
 * come: an event loop, whose thread is {@link org.sockmapd.lookup.NonBlocking}. A connection that
 * would hold it up leaves, for good, for a virtual thread: at its end, when its client does not
 * read, and when a table keeps the thread for itself. What keeps it for longer than a tenth of a
 * second loses the loop to a new thread.
 *
 * <h2>Limits</h2>
 *
 * <p>Everything is bounded by {@link org.sockmapd.server.ServerLimits}: connections in all and by
 * client address, requests in flight for each map and each connection, the length of requests and
 * replies, and the time that a client may be silent or not read. Past a bound a request gets {@code
 * TEMP} at once; a connection gets one {@code TEMP} and is closed. Floods are reported once a
 * minute with a count.
 *
 * <h2>Change and end</h2>
 *
 * <p>Tables are swapped between two requests, and the old ones closed when their last request is
 * answered. Listeners can be added and removed while connections stay. Stopping answers every
 * request that was read, within the time given.
 */
@NullMarked
package org.sockmapd.server;

import org.jspecify.annotations.NullMarked;
