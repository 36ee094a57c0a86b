@NullMarked
package org.sockmapd.server;

import org.jspecify.annotations.NullMarked;
