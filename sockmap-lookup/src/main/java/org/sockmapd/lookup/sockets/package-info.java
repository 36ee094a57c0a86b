/**
 * Sockets that look for what is coming for a moment before they wait (busy polling). For the other
 * modules of sockmapd, and for drivers, which make them by name.
 */
@NullMarked
package org.sockmapd.lookup.sockets;

import org.jspecify.annotations.NullMarked;
