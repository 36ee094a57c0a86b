/**
 * Reads the configuration file of the daemon: JSON in, one immutable {@link
 * org.sockmapd.cli.config.Configuration} out, or every problem at once.
 *
 * <p>A file goes through three steps, and a problem found in one does not hide those of the next
 * unless the next cannot be done: {@link org.sockmapd.cli.config.JsonTree} knows JSON and where
 * each member stands; {@link org.sockmapd.cli.config.Environment} puts in what is kept outside of
 * the file; the rest reads settings by name into the objects that the other modules define. No step
 * touches the network, and none shows the value of a password.
 */
@NullMarked
package org.sockmapd.cli.config;

import org.jspecify.annotations.NullMarked;
