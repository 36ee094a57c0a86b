/**
 * What the daemon asks of the operating system and Java does not offer: to go on as another user,
 * to hear signals, to tell systemd how it is.
 *
 * <p>{@link org.sockmapd.cli.os.Privileges} gives up root for good. glibc and musl carry the change
 * to every thread of the process; afterwards each thread is looked at in {@code /proc}, and getting
 * root back is tried, so that a change that did not take ends the daemon instead of being believed.
 *
 * <p>Native code is loaded only where it is used: not to serve without {@code run_as_user}, and
 * never to ask.
 */
@NullMarked
package org.sockmapd.cli.os;

import org.jspecify.annotations.NullMarked;
