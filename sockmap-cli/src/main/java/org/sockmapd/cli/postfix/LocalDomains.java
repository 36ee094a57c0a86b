package org.sockmapd.cli.postfix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.lookup.search.IpAddress;

/**
 * The domains whose users Postfix looks up without their domain too ({@code resolve_local(3)}):
 * {@code myorigin}, {@code mydestination} and the addresses of the machine and of its proxies.
 */
final class LocalDomains {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

  private final MainCf main;
  private final List<String> machine;
  private final Notes notes;

  /**
   * @param machine the addresses of this machine
   */
  LocalDomains(MainCf main, List<String> machine, Notes notes) {
    this.main = main;
    this.machine = machine;
    this.notes = notes;
  }

  /**
   * Gives the settings that say so.
   *
   * @param map the imported map that is a part of {@code mydestination}, if one is
   * @return {@code local_domains}, {@code local_domains_map}, both or nothing
   */
  Map<String, Object> settings(Optional<String> map) {
    if (main.value("myhostname").isEmpty()) {
      notes.warn(
          Problem.of(
              main.path(),
              "has no myhostname: local domains that depend on it are left out (\"postconf"
                  + " myhostname\" tells it)"));
    }
    warnOfOriginFile();
    LinkedHashSet<String> domains = new LinkedHashSet<>(names(map.isPresent()));
    domains.addAll(literals());
    Map<String, Object> settings = new LinkedHashMap<>();
    if (!domains.isEmpty()) {
      settings.put("local_domains", new ArrayList<>(domains));
    }
    map.ifPresent(name -> settings.put("local_domains_map", name));
    return settings;
  }

  private void warnOfOriginFile() {
    main.parameter("myorigin")
        .filter(origin -> origin.text().startsWith("/"))
        .filter(origin -> !Files.isReadable(Path.of(origin.text())))
        .ifPresent(
            origin ->
                notes.warn(
                    origin.problem(
                        0,
                        origin.text()
                            + " cannot be read here: add the name that it holds to"
                            + " \"local_domains\"")));
  }

  private List<String> names(boolean withMap) {
    LinkedHashSet<String> names = new LinkedHashSet<>(main.words("myorigin"));
    boolean mapIsTaken = false;
    for (TableExpression.Words.Word each :
        TableExpression.Words.ofParameter(main.value("mydestination"))) {
      String word = each.text();
      Optional<TableExpression> table = TableExpression.parse(word.replaceFirst("^!+", ""));
      if (table.isEmpty() || word.startsWith("[")) {
        names.add(word);
      } else if (withMap && !mapIsTaken && table.get() instanceof TableExpression.Sql) {
        mapIsTaken = true;
      } else {
        leaveOut(word);
      }
    }
    // A name that depends on one that is not known.
    names.removeIf(name -> name.isEmpty() || name.endsWith("."));
    return new ArrayList<>(names);
  }

  private List<String> literals() {
    return Stream.of("inet_interfaces", "proxy_interfaces")
        .flatMap(name -> main.words(name).stream().flatMap(word -> addresses(name, word)))
        .map(IpAddress::parse)
        .flatMap(Optional::stream)
        .map(IpAddress::toString)
        .filter(this::isSpoken)
        .map(address -> "[" + address + "]")
        .distinct()
        .toList();
  }

  private Stream<String> addresses(String parameter, String word) {
    String address = word.replaceFirst("^\\[(.*)]$", "$1");
    if (IpAddress.parse(address).isPresent()) {
      return Stream.of(address);
    }
    return switch (word) {
      case "all" -> machine.stream();
      case "loopback-only", "localhost" -> LOOPBACK.stream();
      default -> {
        main.parameter(parameter)
            .ifPresent(
                given ->
                    notes.warn(
                        given.problem(
                            word
                                + " is a name: users of its addresses are not local here; add each"
                                + " as \"[address]\" to \"local_domains\"")));
        yield Stream.empty();
      }
    };
  }

  private boolean isSpoken(String address) {
    List<String> protocols = main.words("inet_protocols");
    String protocol = address.indexOf(':') < 0 ? "ipv4" : "ipv6";
    return protocols.contains("all") || protocols.contains(protocol);
  }

  private void leaveOut(String table) {
    main.parameter("mydestination")
        .ifPresent(
            parameter ->
                notes.changed(
                    parameter.problem(
                        table
                            + " is no part of what tells imported maps which domains are local:"
                            + " users of the domains in it are not looked up without their"
                            + " domain")));
  }
}
