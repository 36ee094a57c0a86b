@NullMarked
package org.sockmapd.lookup.cache;

import org.jspecify.annotations.NullMarked;
