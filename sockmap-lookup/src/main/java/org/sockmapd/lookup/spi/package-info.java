/**
 * How a table type is added. A jar names a {@link org.sockmapd.lookup.spi.LookupTableProvider} as a
 * service, and {@code "type"} of a configured table then picks it.
 */
@NullMarked
package org.sockmapd.lookup.spi;

import org.jspecify.annotations.NullMarked;
