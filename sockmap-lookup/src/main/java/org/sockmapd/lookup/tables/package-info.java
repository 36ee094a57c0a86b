/**
 * Tables from their settings: {@link org.sockmapd.lookup.tables.TableFactory} finds the type, makes
 * the table and puts around it what every table can have (partial keys, case folding, a list of
 * domains). Here are also the tables that are made of others ({@code maps}, {@code unionmap} and
 * {@code pipemap}), and the small ones that need no database: {@code inline}, whose entries stand
 * in the configuration, {@code static}, which has one value for every key, and {@code fail}, which
 * never answers.
 */
@NullMarked
package org.sockmapd.lookup.tables;

import org.jspecify.annotations.NullMarked;
