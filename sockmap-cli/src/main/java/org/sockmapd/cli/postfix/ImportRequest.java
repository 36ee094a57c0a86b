package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sockmapd.protocol.Endpoint;

/**
 * What is to be imported.
 *
 * @param tables files, or tables as {@code main.cf} names them; none for all that it names
 * @param type the type of files whose own does not show: {@code pgsql}, {@code mysql} or {@code
 *     sqlite}
 * @param mainCf the file that uses the tables
 * @param endpoint where the daemon is to listen
 * @param addresses the network addresses of this machine, which are Postfix's own
 */
public record ImportRequest(
    List<String> tables,
    Optional<String> type,
    Optional<Path> mainCf,
    Endpoint endpoint,
    List<String> addresses) {
  public ImportRequest {
    tables = List.copyOf(tables);
    addresses = List.copyOf(addresses);
  }
}
