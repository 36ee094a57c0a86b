package org.sockmapd.lookup.sql;

import java.util.Optional;

/**
 * Whether a node of a database can be asked.
 *
 * @param node the host and port, or the path of the file
 * @param problem why it cannot be asked; empty when it can
 * @param protection how connections to it are protected, such as {@code TLSv1.3} or {@code not
 *     encrypted}; empty for a file, and where there is none
 */
public record NodeReport(String node, Optional<FailureReason> problem, String protection) {}
