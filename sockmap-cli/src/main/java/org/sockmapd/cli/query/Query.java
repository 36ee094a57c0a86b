package org.sockmapd.cli.query;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * Asks one map for keys, one after the other, and sums up what came of it. For use by one thread.
 */
final class Query {
  private final Source source;
  private final String mapName;
  private final boolean namesKeys;
  private final PrintWriter out;
  private final PrintWriter err;

  private boolean found;
  private boolean failed;
  private boolean refused;

  Query(Source source, String mapName, boolean namesKeys, PrintWriter out, PrintWriter err) {
    this.source = source;
    this.mapName = mapName;
    this.namesKeys = namesKeys;
    this.out = out;
    this.err = err;
  }

  void ask(byte[] key) {
    switch (source.ask(SocketmapRequest.of(mapName, key))) {
      case Answer.Value(String value) -> print(key, value);
      case Answer.Absent() -> {}
      case Answer.TryAgain(String reason) -> {
        failed = true;
        warn(key, reason);
      }
      case Answer.Refused(String reason) -> {
        refused = true;
        warn(key, reason);
      }
    }
  }

  private void print(byte[] key, String value) {
    found = true;
    out.println(namesKeys ? text(key) + "\t" + value : value);
  }

  private void warn(byte[] key, String reason) {
    err.println("sockmapd: " + mapName + ": '" + text(key) + "': " + reason);
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** What went wrong outweighs what was found: a script must not take half for the whole. */
  int exitStatus() {
    if (failed) {
      return ExitStatus.TEMPORARY;
    }
    if (refused) {
      return ExitStatus.REFUSED;
    }
    return found ? ExitStatus.OK : ExitStatus.NOT_FOUND;
  }
}
