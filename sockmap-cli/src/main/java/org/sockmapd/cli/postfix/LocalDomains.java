package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sockmapd.cli.config.Problem;

/** The domains whose users Postfix looks up without their domain too: {@code mydestination}. */
final class LocalDomains {
  private final MainCf main;
  private final Notes notes;

  LocalDomains(MainCf main, Notes notes) {
    this.main = main;
    this.notes = notes;
  }

  /**
   * Gives the setting that says so.
   *
   * @param map the imported map that is a part of {@code mydestination}, if one is
   * @return {@code local_domains} or {@code local_domains_map}, or nothing
   */
  Map<String, Object> settings(Optional<String> map) {
    List<String> names = names(map.isPresent());
    if (main.parameter("myhostname").isEmpty()) {
      notes.warn(
          Problem.of(
              main.path(),
              "has no myhostname: local domains that depend on it are left out (\"postconf"
                  + " myhostname\" tells it)"));
    }
    if (map.isPresent()) {
      names.forEach(name -> leaveOut(name, "stands beside the map " + map.get() + ", which alone"));
      return Map.of("local_domains_map", map.get());
    }
    return names.isEmpty() ? Map.of() : Map.of("local_domains", names);
  }

  private List<String> names(boolean withMap) {
    LinkedHashSet<String> names = new LinkedHashSet<>(main.words("myorigin"));
    for (String word : main.words("mydestination")) {
      boolean table = word.contains(":") && !word.startsWith("[");
      if (!table) {
        names.add(word);
      } else if (!withMap || TableReference.of(word).isEmpty()) {
        leaveOut(word, "is a table, and no part of what");
      }
    }
    // A name that depends on one that is not known.
    names.removeIf(name -> name.endsWith("."));
    return new ArrayList<>(names);
  }

  private void leaveOut(String name, String why) {
    main.parameter("mydestination")
        .ifPresent(
            parameter ->
                notes.warn(
                    parameter.problem(
                        name + " " + why + " tells imported maps which domains are local")));
  }
}
