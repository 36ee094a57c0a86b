/**
 * Reads what a Postfix has of SQL tables, and says it in the terms of this daemon: the table files
 * ({@code mysql_table(5)}, {@code pgsql_table(5)}, {@code sqlite_table(5)}) and, if it is given,
 * the {@code main.cf} that uses them ({@code postconf(5)}). {@link
 * org.sockmapd.cli.postfix.PostfixImport} is the whole way: files in, an {@link
 * org.sockmapd.cli.postfix.ImportedConfiguration} out. Nothing is written here but what {@link
 * org.sockmapd.cli.postfix.NewFile} is told to write.
 *
 * <p>What is imported answers as Postfix does, or is named with the line it came from and what
 * becomes of it. A table that cannot be read, is not what it should be or would answer otherwise is
 * left out of the result, so that Postfix goes on to ask it itself; it keeps no other one back. A
 * {@code main.cf} that cannot be read is an error, and then there is no result.
 *
 * <p>What Postfix does with the tables of each parameter stands in {@code parameters.tsv}, which
 * {@code Purpose} reads: a test holds it to the Postfix of the machine and to the manual.
 */
@NullMarked
package org.sockmapd.cli.postfix;

import org.jspecify.annotations.NullMarked;
