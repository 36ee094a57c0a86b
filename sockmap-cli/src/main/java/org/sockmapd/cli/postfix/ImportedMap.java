package org.sockmapd.cli.postfix;

import java.util.List;
import java.util.Map;

/** A postmap of the configuration. */
sealed interface ImportedMap {

  String name();

  /** {@code search} and what else tells how keys are looked up; nothing for the key alone. */
  Map<String, Object> search();

  /** A map that asks one table. */
  record OfTable(String name, ImportedTable table, Map<String, Object> search)
      implements ImportedMap {}

  /**
   * A map made of others.
   *
   * @param type {@code maps}, {@code unionmap} or {@code pipemap}
   */
  record OfMaps(String name, String type, List<String> maps, Map<String, Object> search)
      implements ImportedMap {}

  /**
   * A small table that stands in {@code main.cf} itself.
   *
   * @param type {@code inline} or {@code static}
   * @param content its settings
   */
  record Small(String name, String type, Map<String, Object> content, Map<String, Object> search)
      implements ImportedMap {}
}
