/** Placeholder. */
@NullMarked
package org.sockmapd.cli;

import org.jspecify.annotations.NullMarked;
