package org.sockmapd.lookup.sql;

import java.util.List;
import java.util.Optional;

/**
 * What a table finds on one node, for the one who configured it.
 *
 * @param node the host and port, or the path of the file
 * @param problem why the table cannot be answered there, such as a column that is not there; empty
 *     when it can
 * @param keyIndexed whether an index, or the primary key, begins with the key column; empty when
 *     that cannot be told: of a view, of a query, and where there is a problem
 * @param writePrivileges which of INSERT, UPDATE and DELETE the account has on the table, though a
 *     lookup needs none; empty too where that cannot be told: of a query, and where there is a
 *     problem
 */
public record TableReport(
    String node,
    Optional<FailureReason> problem,
    Optional<Boolean> keyIndexed,
    List<String> writePrivileges) {
  static TableReport of(String node, FailureReason problem) {
    return new TableReport(node, Optional.of(problem), Optional.empty(), List.of());
  }
}
