/**
 * Sockets that look for what is coming for a moment before they wait (busy polling). For the other
 * modules of sockmapd, and for drivers, which make them by name. Those of PostgreSQL's driver also
 * leave the settings of a session to the server; a socket of another kind does so with the streams
 * of {@code PostgresStartup} around its own.
 */
@NullMarked
package org.sockmapd.lookup.sockets;

import org.jspecify.annotations.NullMarked;
