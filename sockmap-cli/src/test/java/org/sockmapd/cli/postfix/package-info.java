@NullMarked
package org.sockmapd.cli.postfix;

import org.jspecify.annotations.NullMarked;
