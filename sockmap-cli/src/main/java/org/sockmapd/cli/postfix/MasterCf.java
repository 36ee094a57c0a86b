package org.sockmapd.cli.postfix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sockmapd.cli.config.SourceText;

/** {@code master.cf}, whose {@code -o} options set parameters for one service alone. */
final class MasterCf {
  /** What decides how an imported map is searched, for all services together. */
  private static final Set<String> OF_SEARCH =
      Set.of(
          "recipient_delimiter",
          "owner_request_special",
          "mydestination",
          "myorigin",
          "inet_interfaces",
          "proxy_interfaces",
          "parent_domain_matches_subdomains",
          "propagate_unmatched_extensions",
          "smtp_sender_dependent_authentication",
          "smtputf8_enable");

  private static final int FIELDS = 8;

  private MasterCf() {}

  /**
   * A service.
   *
   * @param name as {@code postconf -P} names it, {@code submission/inet}
   * @param options what it sets otherwise
   */
  record Service(String name, List<Parameter> options) {
    Service {
      options = List.copyOf(options);
    }

    /** The file as this service sees it. */
    MainCf main(MainCf main) {
      return main.with(
          options.stream()
              .collect(
                  Collectors.toMap(
                      Parameter::name, Parameter::text, (a, b) -> b, LinkedHashMap::new)));
    }

    /** Tells of what this service sees otherwise, but the maps that all share do not. */
    void warnOfSearch(MainCf main, Notes notes) {
      for (Parameter option : options) {
        if (OF_SEARCH.contains(option.name()) && !option.text().equals(main.value(option.name()))) {
          notes.changed(
              option.problem(
                  "is set for "
                      + name
                      + " alone: the maps of main.cf that it uses are searched as main.cf says"));
        }
      }
    }
  }

  /** Reads the file beside {@code main.cf}; nothing when there is none. */
  static List<Service> read(Path mainCf, Notes notes) {
    Path file = mainCf.toAbsolutePath().resolveSibling("master.cf");
    if (!Files.isReadable(file)) {
      return List.of();
    }
    Path shown = mainCf.resolveSibling("master.cf");
    return SourceText.read(file, notes::warn)
        .map(text -> ParameterFile.logicalLines(shown, text, notes))
        .orElse(List.of())
        .stream()
        .map(MasterCf::service)
        .toList();
  }

  private static Service service(CfText line) {
    List<TableExpression.Words.Word> words = words(line.text());
    List<Parameter> options = new ArrayList<>();
    for (int i = FIELDS; i < words.size(); i++) {
      String text = words.get(i).text();
      if (text.equals("-o") && i + 1 < words.size()) {
        i++;
        addOption(line, words.get(i), 0, options);
      } else if (text.startsWith("-o")) {
        addOption(line, words.get(i), 2, options);
      }
    }
    String name = words.size() < 2 ? line.text() : words.get(0).text() + "/" + words.get(1).text();
    return new Service(name, options);
  }

  /** {@code name=value}, or the same in braces with blanks in it. */
  private static void addOption(
      CfText line, TableExpression.Words.Word word, int skipped, List<Parameter> options) {
    int begin = word.offset() + skipped;
    int end = word.offset() + word.text().length();
    if (line.text().startsWith("{", begin)) {
      begin++;
      end--;
    }
    int equals = line.text().indexOf('=', begin);
    if (equals < 0 || equals >= end) {
      return;
    }
    CfText name = stripped(line, begin, equals);
    CfText value = stripped(line, equals + 1, end);
    options.add(new Parameter(name, value));
  }

  private static CfText stripped(CfText line, int begin, int end) {
    String text = line.text();
    int from = begin;
    int to = Math.max(begin, end);
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  /** Words between blanks; braces hold blanks together. */
  private static List<TableExpression.Words.Word> words(String text) {
    List<TableExpression.Words.Word> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end = text.charAt(end) == '{' ? Macros.endOfBraces(text, end) : end + 1;
      }
      words.add(new TableExpression.Words.Word(at, text.substring(at, end)));
      at = end;
    }
    return words;
  }
}
