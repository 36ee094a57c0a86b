package org.sockmapd.lookup.sql;

import java.util.Optional;

/**
 * Whether a node of a database can be asked.
 *
 * @param node the host and port, or the path of the file
 * @param problem why it cannot be asked; empty when it can
 */
public record NodeReport(String node, Optional<FailureReason> problem) {}
