/** Tests of the command, in the same process and as a process of its own. */
@NullMarked
package org.sockmapd.cli;

import org.jspecify.annotations.NullMarked;
