package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sockmapd.cli.config.Postmap;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.protocol.Endpoint;

/** What maps say they are for: held against Postfix, and as lines of its {@code main.cf}. */
public final class MapUses {
  private static final Set<String> OF_CLIENTS = Set.of("access", "domain", "network");

  private final Path file;
  private final List<Postmap> maps;

  /**
   * Takes maps.
   *
   * @param file the configuration, for what is wrong with them
   * @param maps the maps
   */
  public MapUses(Path file, List<Postmap> maps) {
    this.file = file;
    this.maps = List.copyOf(maps);
  }

  /**
   * Tells what Postfix does otherwise than a map, for what it is said to be for.
   *
   * @return a warning for each
   */
  public List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    for (Postmap map : maps) {
      for (String use : map.uses()) {
        warning(map, use)
            .map(text -> new Problem(file, map.line(), 0, map.path() + ".for", use + ": " + text))
            .ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  private static Optional<String> warning(Postmap map, String use) {
    Optional<Purpose> known = Purpose.of(use);
    if (known.isEmpty()) {
      return Optional.of("is no parameter of Postfix that takes a table, and no check");
    }
    Purpose purpose = known.get();
    if (purpose.refusal().startsWith("refused by")) {
      return Optional.of(purpose.refusal() + ", which takes no socketmap");
    }
    if (!purpose.refusal().isEmpty()) {
      return Optional.of("there can be no socketmap (" + purpose.refusal() + ")");
    }
    if (!fits(purpose, map.search())) {
      return Optional.of(
          "Postfix searches a table of its own by "
              + purpose.search()
              + ", this map is searched by "
              + map.search());
    }
    boolean rewrites = purpose.rewriting();
    return map.search().equals("address") && map.rewriting() != rewrites
        ? Optional.of(
            "Postfix "
                + (rewrites ? "rewrites" : "does not rewrite")
                + " addresses by it (expected \"rewriting\": "
                + rewrites
                + ")")
        : Optional.empty();
  }

  private static boolean fits(Purpose purpose, String search) {
    boolean ofClients =
        purpose.name().matches("check_.*client.*_access")
            || purpose.lookup() == Purpose.Lookup.MATCH_HOSTNAME;
    boolean ofSenders =
        purpose.name().equals("smtp_sasl_password_maps") && search.equals("address");
    return purpose.search().equals(search)
        || ofSenders
        || (ofClients && OF_CLIENTS.contains(search));
  }

  /**
   * Gives the lines of {@code main.cf} that use the maps; of maps that do not say what they are for
   * there are none.
   *
   * @param endpoint where they are asked
   * @return a line for each parameter, and a comment for each check in a list of restrictions
   */
  public List<String> mainCfLines(Endpoint endpoint) {
    Map<String, List<String>> byUse = new LinkedHashMap<>();
    for (Postmap map : maps) {
      String table = "socketmap:" + reachable(endpoint) + ":" + map.mapName();
      map.uses().forEach(use -> byUse.computeIfAbsent(use, none -> new ArrayList<>()).add(table));
    }
    List<String> lines = new ArrayList<>();
    byUse.forEach(
        (use, tables) -> {
          if (use.startsWith("check_")) {
            tables.forEach(table -> lines.add("# in a list of restrictions: " + use + " " + table));
          } else {
            lines.add(use + " = " + String.join(", ", tables));
          }
        });
    return lines;
  }

  /** What a client on this machine connects to, for an endpoint that stands for all addresses. */
  private static Endpoint reachable(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> unix;
      case Endpoint.Inet(String host, int port) ->
          List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0").contains(host)
              ? new Endpoint.Inet("127.0.0.1", port)
              : endpoint;
    };
  }
}
