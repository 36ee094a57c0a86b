package org.sockmapd.lookup.spi;

import org.sockmapd.lookup.LookupTable;

/**
 * Makes tables of one type. Found with {@link java.util.ServiceLoader}, so that a jar on the class
 * path can add a type; needs a public constructor without arguments.
 */
public interface LookupTableProvider {

  /**
   * Names the type, as {@code "type"} of a configured table gives it.
   *
   * @return the name, in lower case
   */
  String type();

  /**
   * Makes a table from its settings. Touches no network: a database that is down must not keep a
   * server from starting. Reads every setting before it returns, and reports what is wrong to the
   * settings; when something was reported, the table returned is closed unused.
   *
   * @param settings what the configuration says of the table
   * @param context what the table may use
   * @return the table
   */
  LookupTable create(Settings settings, TableContext context);
}
