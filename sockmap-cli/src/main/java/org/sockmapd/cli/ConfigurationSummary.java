package org.sockmapd.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sockmapd.cli.config.Configuration;
import org.sockmapd.cli.config.Postmap;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.postfix.MapUses;
import org.sockmapd.server.ListenerSettings;

/** Shows in a few lines what a configuration says. */
final class ConfigurationSummary {
  private final PrintWriter out;

  ConfigurationSummary(PrintWriter out) {
    this.out = out;
  }

  void print(Configuration configuration, List<Problem> warnings, MapUses uses) {
    warnings.forEach(warning -> out.println("warning: " + warning));
    out.println("listens on " + endpoints(configuration));
    configuration.postmaps().forEach(this::print);
    List<String> lines = uses.mainCfLines(configuration.sysconfig().listen().getFirst().endpoint());
    if (!lines.isEmpty()) {
      out.println("In Postfix's main.cf:");
      lines.forEach(line -> out.println("  " + line));
    }
    out.println(configuration.file() + ": no problem found");
  }

  private static String endpoints(Configuration configuration) {
    return configuration.sysconfig().listen().stream()
        .map(ListenerSettings::endpoint)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private void print(Postmap map) {
    String rewriting = map.search().equals("address") && map.rewriting() ? ", rewriting" : "";
    String search = map.search().equals("exact") ? "" : ", searched by " + map.search() + rewriting;
    String source = map.source().isEmpty() ? map.type() : map.source();
    out.println("map " + map.mapName() + ": " + source + search);
    map.freshness().ifPresent(freshness -> out.println("  cached: " + freshness));
  }
}
