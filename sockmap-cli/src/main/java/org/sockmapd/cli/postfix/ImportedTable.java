package org.sockmapd.cli.postfix;

import java.util.Map;

/**
 * A table as this daemon has it.
 *
 * @param reference as Postfix names it
 * @param connection how its database is reached
 * @param database the name of the database, or its file
 * @param settings the settings of the postmap that Postfix keeps in the table: {@code query} and
 *     what belongs to it
 */
record ImportedTable(
    TableReference reference,
    ImportedConnection connection,
    String database,
    Map<String, Object> settings) {}
