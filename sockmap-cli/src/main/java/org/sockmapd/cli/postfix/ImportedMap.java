package org.sockmapd.cli.postfix;

import java.util.List;
import java.util.Map;

/** A postmap of the configuration. */
sealed interface ImportedMap {

  String name();

  /** {@code search} and its options; nothing for the key alone. */
  Map<String, Object> search();

  /** A map that asks one table. */
  record OfTable(String name, ImportedTable table, Map<String, Object> search)
      implements ImportedMap {}

  /** Several maps that Postfix has in one list, asked as Postfix asks them. */
  record OfMaps(String name, List<String> maps, Map<String, Object> search)
      implements ImportedMap {}
}
