/**
 * The templates of Postfix's SQL tables, without the SQL: how {@code query} and {@code
 * result_format} are read, when a lookup is suppressed, and how rows become one answer. The rules
 * are those of {@code src/global/db_common.c} and of the manual pages {@code pgsql_table(5)},
 * {@code mysql_table(5)} and {@code sqlite_table(5)}.
 *
 * <p>The one difference is that a key is never pasted into SQL. {@link
 * org.sockmapd.lookup.template.QueryTemplate} finds the literals that hold a placeholder and makes
 * each a bound value with the text that the literal would have had, so the statement stays the same
 * for every key: it can be prepared once, and no key can change what it means.
 *
 * <p>Where Postfix's pasting gives another value than the key, this package gives the key: Postfix
 * doubles a quote that stands inside {@code $$..$$}, and lets a backslash in a key begin an escape
 * inside PostgreSQL's {@code E'..'}.
 */
@NullMarked
package org.sockmapd.lookup.template;

import org.jspecify.annotations.NullMarked;
