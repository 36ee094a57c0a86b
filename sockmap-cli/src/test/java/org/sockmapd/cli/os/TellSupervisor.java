package org.sockmapd.cli.os;

import java.util.Map;
import java.util.Optional;

/** Tells a supervisor something twice, and prints what came of it. */
final class TellSupervisor {
  private TellSupervisor() {}

  public static void main(String[] arguments) {
    ServiceNotifier notifier = new ServiceNotifier(Map.of("NOTIFY_SOCKET", "@sockmapd-test"));
    for (int i = 0; i < 2; i++) {
      Optional<String> problem = notifier.tell(arguments[0]);
      System.out.println(problem.stream().toList());
    }
  }
}
