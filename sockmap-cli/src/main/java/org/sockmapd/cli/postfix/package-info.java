/**
 * Reads what a Postfix has of SQL tables, and says it in the terms of this daemon: the table files
 * ({@code mysql_table(5)}, {@code pgsql_table(5)}, {@code sqlite_table(5)}) and, if it is given,
 * the {@code main.cf} that uses them ({@code postconf(5)}). {@link
 * org.sockmapd.cli.postfix.PostfixImport} is the whole way: files in, an {@link
 * org.sockmapd.cli.postfix.ImportedConfiguration} out. Nothing is written here but what {@link
 * org.sockmapd.cli.postfix.NewFile} is told to write.
 *
 * <p>A file that cannot be read or is not what it should be is an error, and then there is no
 * result. A table that can be read but would answer otherwise than Postfix is left out of the
 * result, so that Postfix goes on to ask it itself; that is told, and so is every parameter that
 * has no counterpart.
 */
@NullMarked
package org.sockmapd.cli.postfix;

import org.jspecify.annotations.NullMarked;
