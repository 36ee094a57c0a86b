/**
 * Asks maps for keys, as {@code postmap -q} does: through a running server, or straight from a
 * configuration without one.
 *
 * <p>A value is a line on standard output; with several keys the key and a tab stand before it. A
 * key that is not found prints nothing. What went wrong is a line on standard error that names the
 * key.
 */
@NullMarked
package org.sockmapd.cli.query;

import org.jspecify.annotations.NullMarked;
