/**
 * What MariaDB's driver takes from its users in place of its own: TLS without an exception, and
 * values that nobody has written anew. The driver finds both as services.
 */
@NullMarked
package org.sockmapd.lookup.sql.mariadb;

import org.jspecify.annotations.NullMarked;
