/**
 * The {@code sockmapd} command: what an administrator types, and nothing that another program
 * needs.
 *
 * <p>{@link org.sockmapd.cli.Main} makes the {@linkplain org.sockmapd.cli.Surroundings
 * surroundings} and the tree of commands, runs one, and ends with an {@linkplain
 * org.sockmapd.cli.ExitStatus exit status} of {@code sysexits(3)}. Each command is a class here
 * that reads its options with picocli, and leaves the work to a package:
 *
 * <table>
 * <caption>Commands and packages</caption>
 * <tr><th>command</th><th>package</th></tr>
 * <tr><td>{@code serve}, {@code cache flush}</td><td>{@link org.sockmapd.cli.serve}</td></tr>
 * <tr><td>{@code query}</td><td>{@link org.sockmapd.cli.query}</td></tr>
 * <tr><td>{@code check-config}</td><td>{@link org.sockmapd.cli.config}</td></tr>
 * <tr><td>{@code import-postfix}</td><td>{@link org.sockmapd.cli.postfix}</td></tr>
 * <tr><td>{@code bench}</td><td>{@link org.sockmapd.bench}</td></tr>
 * <tr><td>{@code prepare}</td><td>here: it records a start, so that the next is quicker</td></tr>
 * </table>
 *
 * <p>Results go to standard output, what went wrong to standard error, after {@code sockmapd:}
 * where it ends the command; both are UTF-8 in every locale. A password is never shown. {@link
 * org.sockmapd.cli.log} holds the log, {@link org.sockmapd.cli.os} what Java does not offer of the
 * operating system.
 */
@NullMarked
package org.sockmapd.cli;

import org.jspecify.annotations.NullMarked;
