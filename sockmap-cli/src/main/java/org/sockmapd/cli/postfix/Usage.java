package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter of {@code main.cf} that uses SQL tables.
 *
 * @param pieces its value, divided at the names of the tables
 */
record Usage(Parameter parameter, List<Piece> pieces) {
  private static final Pattern WORD =
      Pattern.compile("(?:\\$\\{(?:[^{}]|\\{[^{}]*})*}|\\$\\([^()]*\\)|[^\\s,{}])+");

  Usage {
    pieces = List.copyOf(pieces);
  }

  /** A part of a value. */
  sealed interface Piece {}

  /** What is not the name of an SQL table, and stays. */
  record Rest(String text) implements Piece {}

  /**
   * The name of an SQL table.
   *
   * @param offset where it stands in the value
   * @param text as it is written, with all variables replaced
   * @param check the word before it, such as {@code check_sender_access}, if that tells its purpose
   */
  record Table(int offset, String text, TableReference reference, Optional<String> check)
      implements Piece {}

  List<Table> tables() {
    return pieces.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }

  /** What Postfix uses a table for; empty when that is not known. */
  Optional<Purpose> purpose(Table table, MainCf main) {
    return table
        .check()
        .flatMap(Purpose::ofCheck)
        .or(() -> Purpose.ofParameter(parameter.name(), main));
  }

  static List<Usage> of(MainCf main) {
    return main.parameters().stream()
        // It lists what proxymap(8) may read, and uses none of it.
        .filter(parameter -> !parameter.name().equals("proxy_read_maps"))
        .map(parameter -> new Usage(parameter, new Divider(main).divide(parameter)))
        .filter(usage -> !usage.tables().isEmpty())
        .toList();
  }

  /** Divides one value. */
  private static final class Divider {
    private final MainCf main;
    private final List<Piece> pieces = new ArrayList<>();
    private Optional<String> check = Optional.empty();

    Divider(MainCf main) {
      this.main = main;
    }

    List<Piece> divide(Parameter parameter) {
      String text = parameter.text();
      Matcher words = WORD.matcher(text);
      int done = 0;
      while (words.find()) {
        pieces.add(new Rest(text.substring(done, words.start())));
        word(words.group(), words.start());
        done = words.end();
      }
      pieces.add(new Rest(text.substring(done)));
      return pieces;
    }

    /** A variable is replaced only where it stands for a table: the rest stays as it was. */
    private void word(String word, int offset) {
      String expanded = main.expand(word);
      if (expanded.equals(word)) {
        literal(word, word, offset);
        return;
      }
      List<String> inner = WORD.matcher(expanded).results().map(r -> r.group()).toList();
      if (inner.stream().noneMatch(each -> TableReference.of(each).isPresent())) {
        literal(word, expanded, offset);
        return;
      }
      String separator = "";
      for (String each : inner) {
        pieces.add(new Rest(separator));
        literal(each, each, offset);
        separator = " ";
      }
    }

    private void literal(String written, String meant, int offset) {
      Optional<TableReference> table = TableReference.of(meant);
      pieces.add(
          table.isPresent() ? new Table(offset, written, table.get(), check) : new Rest(written));
      if (table.isEmpty() && !meant.contains(":")) {
        check = Purpose.ofCheck(meant).map(purpose -> meant);
      }
    }
  }
}
