/** Netstrings, socketmap requests and replies. */
@NullMarked
package org.sockmapd.protocol;

import org.jspecify.annotations.NullMarked;
