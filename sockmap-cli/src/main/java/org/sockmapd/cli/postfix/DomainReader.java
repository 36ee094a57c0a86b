package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.config.SourceText;
import org.sockmapd.lookup.search.DomainList;

/**
 * Reads {@code domain}: names, files of names, and tables, whose keys are copied since this daemon
 * cannot ask them.
 */
final class DomainReader {
  private static final Pattern ITEM = Pattern.compile("[^,\\s]+");

  /** Tables that are made of a text file, which stands beside them by the same name. */
  private static final Set<String> MADE_OF_TEXT =
      Set.of("hash", "btree", "lmdb", "cdb", "dbm", "sdbm", "texthash");

  private final Parameter parameter;
  private final Notes notes;
  private final List<String> domains = new ArrayList<>();
  private boolean whole = true;

  private DomainReader(Parameter parameter, Notes notes) {
    this.parameter = parameter;
    this.notes = notes;
  }

  /** Gives the list, without anything when there is none; empty when it cannot be had. */
  static Optional<List<String>> read(ParameterFile file, Notes notes) {
    Optional<Parameter> domain = file.get("domain").filter(given -> !given.text().isBlank());
    return domain.isEmpty() ? Optional.of(List.of()) : new DomainReader(domain.get(), notes).read();
  }

  private Optional<List<String>> read() {
    Matcher items = ITEM.matcher(parameter.text());
    while (items.find()) {
      item(items.group(), items.start());
    }
    return whole ? Optional.of(domains) : Optional.empty();
  }

  private void item(String item, int at) {
    int colon = item.indexOf(':');
    if (colon < 0 || item.startsWith("[")) {
      DomainList.parse(List.of(item), problem -> leaveOut(at, problem));
      domains.add(item);
    } else if (MADE_OF_TEXT.contains(item.substring(0, colon))) {
      copyKeys(item, Path.of(item.substring(colon + 1)), at);
    } else {
      leaveOut(at, item + " is a table that sockmapd cannot ask");
    }
  }

  private void copyKeys(String item, Path source, int at) {
    Optional<String> text =
        SourceText.read(source, problem -> leaveOut(at, item + ": " + problem.message()));
    text.ifPresent(
        lines -> {
          lines
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .filter(line -> !Character.isWhitespace(line.charAt(0)))
              .map(line -> line.split("\\s+", 2)[0])
              .forEach(domains::add);
          Problem copied =
              parameter.problem(
                  at, "the keys of " + item + " are copied; later changes of it are not seen");
          notes.changed(copied);
        });
  }

  /** Without a part of the list the table would answer less, and without the list more. */
  private void leaveOut(int at, String why) {
    whole = false;
    notes.stays(parameter.problem(at, "the table is left to Postfix: " + why));
  }
}
