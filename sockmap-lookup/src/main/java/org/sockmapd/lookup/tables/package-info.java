/**
 * Tables from their settings: {@link org.sockmapd.lookup.tables.TableFactory} finds the type, makes
 * the table and puts around it what every table can have (partial keys, case folding, a list of
 * domains). Here are also {@code maps}, which makes one table of several, and the small tables that
 * need no database: {@code inline}, whose entries stand in the configuration, and {@code fail},
 * which never answers.
 */
@NullMarked
package org.sockmapd.lookup.tables;

import org.jspecify.annotations.NullMarked;
