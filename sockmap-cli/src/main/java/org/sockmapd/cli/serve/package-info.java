/**
 * The daemon while it runs: {@link org.sockmapd.cli.serve.Serving} reads the configuration, binds,
 * opens the log, gives up root, answers, reloads and stops, in that order.
 *
 * <p>{@link org.sockmapd.cli.serve.Orders} are what signals mean: SIGTERM and SIGINT stop in order,
 * a second one at once; SIGHUP and SIGUSR1 reload. A reload is whole or nothing: the new file is
 * checked, its tables opened and its listeners bound before the next request is answered from it.
 */
@NullMarked
package org.sockmapd.cli.serve;

import org.jspecify.annotations.NullMarked;
