/** Tests of the protocol. */
@NullMarked
package org.sockmapd.protocol;

import org.jspecify.annotations.NullMarked;
