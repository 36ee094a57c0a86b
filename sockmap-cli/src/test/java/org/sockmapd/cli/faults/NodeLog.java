package org.sockmapd.cli.faults;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.cli.Daemon;

/** What the daemon's log says of the hosts. */
final class NodeLog {
  private static final Pattern CHANGE =
      Pattern.compile(" node (down|up) connection=\"[^\"]+\" node=\"([^\"]+)\"");
  private static final Pattern DEFECT =
      Pattern.compile("defect in a lookup|internal failure|Exception in thread| fatal ");

  private final Daemon daemon;

  NodeLog(Daemon daemon) {
    this.daemon = daemon;
  }

  boolean allInUse(List<Host> hosts) throws IOException {
    Set<String> down = down();
    return hosts.stream().noneMatch(host -> down.contains(host.address()));
  }

  long outages() throws IOException {
    return CHANGE
        .matcher(daemon.err())
        .results()
        .filter(change -> change.group(1).equals("down"))
        .count();
  }

  private Set<String> down() throws IOException {
    Set<String> down = new HashSet<>();
    Matcher changes = CHANGE.matcher(daemon.err());
    while (changes.find()) {
      if (changes.group(1).equals("down")) {
        down.add(changes.group(2));
      } else {
        down.remove(changes.group(2));
      }
    }
    return down;
  }

  List<String> defects() throws IOException {
    return daemon.err().lines().filter(line -> DEFECT.matcher(line).find()).toList();
  }
}
