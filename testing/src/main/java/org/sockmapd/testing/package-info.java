/** Real servers for tests. */
@NullMarked
package org.sockmapd.testing;

import org.jspecify.annotations.NullMarked;
