/**
 * The log of the daemon: one line for each thing that happened, and never more than that.
 *
 * <p><b>Form.</b> {@code TIME LEVEL WHAT NAME=VALUE...}, in UTF-8. The time is local, with its
 * offset; under systemd's journal, which knows the time, a priority such as {@code <6>} stands in
 * its place. Values that came from outside (keys, map names, texts of a database) stand in double
 * quotes, with a backslash before quotes and backslashes and everything unprintable as a backslash,
 * {@code u} and four hexadecimal digits, so that nobody can write a line of his own into the log.
 * Long ones are cut to 256 characters and followed by {@code length=N}.
 *
 * <pre>
 * 2026-11-22T10:15:30.123+01:00 info lookup client=192.0.2.7:40312 map="recipient" key="alice@example.com" status=OK ms=0.412
 * 2026-11-22T10:15:31.006+01:00 info lookup client=unix:/run/sockmapd/map map="access" key="bob@example.com" status=TIMEOUT ms=5000.310 reason="lookup timed out"
 * 2026-11-22T10:15:31.007+01:00 error node down connection="mail" node="db1:5432" cause="cannot connect" detail="Connection refused"
 * </pre>
 *
 * <p>The order of the fields of a line does not change; new fields come at its end.
 *
 * <p><b>Levels.</b> {@code error}: something does not work. {@code warn}: it works, somebody should
 * look. {@code info}: lookups, starts, stops, reloads. {@code debug}: connections that ended badly.
 * Libraries are heard from {@code warn} on. What can happen at every request is reported at most
 * once a minute, with a count.
 *
 * <p><b>Limits.</b> Who logs is never held up: lines wait in at most 1 MiB of memory for a thread
 * that writes them, at latest after 200 ms, at once from {@code warn} on. While a disk is full or
 * slower than the lines come, lines are lost, and their number is logged when it goes on. A file
 * that was moved away (log rotation) is opened anew within the same 200 ms.
 */
@NullMarked
package org.sockmapd.cli.log;

import org.jspecify.annotations.NullMarked;
