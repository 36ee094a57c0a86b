/**
 * The fault harness: the daemon as a process, real database servers behind {@link
 * org.sockmapd.testing.FaultyProxy proxies}, a load of questions whose answers are known, and
 * faults that befall the servers and the network one after another while the load runs.
 *
 * <p>A {@link org.sockmapd.cli.faults.Site} holds it all together: {@link
 * org.sockmapd.cli.faults.Load} asks, {@link org.sockmapd.cli.faults.Oracle} knows what is right,
 * {@link org.sockmapd.cli.faults.Faults} is the list of what can happen, and {@link
 * org.sockmapd.cli.faults.FaultTable} tells what it has cost. A reply may come late, and may say
 * that there is no answer for now; it may be neither wrong nor missing, and once a fault is over
 * everything must work again by itself.
 *
 * <p>{@code FaultsIT} is the short form. {@code FaultsSoak} takes faults by chance for as long as
 * it is told:
 *
 * <pre>mvn -Psoak verify -pl sockmap-cli -am -Dsockmapd.faults.minutes=60 -Dsockmapd.faults.seed=1
 * </pre>
 */
@NullMarked
package org.sockmapd.cli.faults;

import org.jspecify.annotations.NullMarked;
