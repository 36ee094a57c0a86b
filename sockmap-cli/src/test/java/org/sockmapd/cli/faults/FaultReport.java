package org.sockmapd.cli.faults;

import java.time.Duration;

/**
 * What a fault has cost.
 *
 * @param lasted from when it befell to when it was put right
 * @param victim the requests to the database that it befell, until all was well
 * @param bystanders the requests to databases on other hosts meanwhile
 * @param failing from when it was put right to the last request without an answer
 * @param returning from when it was put right until every host was in use again
 */
record FaultReport(
    String fault,
    Duration lasted,
    Tally victim,
    Tally bystanders,
    Duration failing,
    Duration returning) {}
