/**
 * Holds a map against a table of Postfix's own, key by key: the proof before {@code main.cf} is
 * changed. Postfix's table is asked by {@code postmap -q}, for the keys that Postfix would try one
 * after the other; what Postfix does with the value is done to it.
 */
@NullMarked
package org.sockmapd.cli.compare;

import org.jspecify.annotations.NullMarked;
