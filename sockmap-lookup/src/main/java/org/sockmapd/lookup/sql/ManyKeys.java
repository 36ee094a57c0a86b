package org.sockmapd.lookup.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sockmapd.lookup.LookupTable.FirstMatch;

/** Finds the first of several keys with one statement. */
sealed interface ManyKeys permits KeySearch, NetworkSearch {

  /** Finds the first key that has a value. To be used only if it is {@link #exact} afterwards. */
  FirstMatch first(Connection connection, String node, List<String> keys) throws SQLException;

  /** False once it turned out that the keys must be asked for one by one. */
  boolean exact();
}
