package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is to be done on a connection to whichever node answers. Only reads, since it is done again
 * on another connection when one breaks.
 *
 * @param <R> what comes of it
 */
@FunctionalInterface
interface NodeWork<R> {
  R on(Connection connection, String node) throws SQLException;
}
