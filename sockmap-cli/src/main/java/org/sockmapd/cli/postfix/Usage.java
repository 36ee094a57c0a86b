package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sockmapd.cli.postfix.TableExpression.Words;

/**
 * A parameter that uses SQL tables.
 *
 * @param main the file in which its variables stand
 * @param pieces its value, divided at the names of the tables
 */
record Usage(Parameter parameter, MainCf main, List<Piece> pieces) {
  Usage {
    pieces = List.copyOf(pieces);
  }

  /** A part of a value. */
  sealed interface Piece {}

  /** What is not the name of an SQL table, and stays. */
  record Rest(String text) implements Piece {}

  /**
   * The name of an SQL table, or of one that is made of such.
   *
   * @param offset where it stands in the value
   * @param text as it is written, with all variables replaced
   * @param check the word before it, such as {@code check_sender_access}, if that tells its purpose
   */
  record Table(int offset, String text, TableExpression expression, Optional<String> check)
      implements Piece {}

  List<Table> tables() {
    return pieces.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }

  Stream<TableReference> references() {
    return tables().stream().flatMap(table -> table.expression().references());
  }

  /** What Postfix uses a table for; empty when that is not known. */
  Optional<Purpose> purpose(Table table) {
    return table
        .check()
        .flatMap(Purpose::ofCheck)
        .or(() -> Purpose.ofParameter(parameter.name(), main));
  }

  /** Divides a parameter; empty when it uses no SQL table. */
  static Optional<Usage> of(Parameter parameter, MainCf main) {
    return Optional.of(new Usage(parameter, main, new Divider(main).divide(parameter)))
        .filter(usage -> !usage.tables().isEmpty())
        .filter(usage -> !Purpose.isNoUse(parameter.name()));
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
      int done = 0;
      for (Words.Word word : Words.ofParameter(text)) {
        pieces.add(new Rest(text.substring(done, word.offset())));
        word(word.text(), word.offset());
        done = word.offset() + word.text().length();
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
      List<Words.Word> inner = Words.ofParameter(expanded);
      if (inner.stream().noneMatch(each -> sql(each.text()).isPresent())) {
        literal(word, expanded, offset);
        return;
      }
      String separator = "";
      for (Words.Word each : inner) {
        pieces.add(new Rest(separator));
        literal(each.text(), each.text(), offset);
        separator = " ";
      }
    }

    private void literal(String written, String meant, int offset) {
      // A list may exclude what a table holds.
      String table = meant.replaceFirst("^!+", "");
      Optional<TableExpression> expression = sql(table);
      if (expression.isPresent()) {
        pieces.add(new Rest(meant.substring(0, meant.length() - table.length())));
        pieces.add(new Table(offset, written.replaceFirst("^!+", ""), expression.get(), check));
        check = Optional.empty();
      } else {
        pieces.add(new Rest(written));
        check = Purpose.ofCheck(meant).map(purpose -> meant);
      }
    }

    private static Optional<TableExpression> sql(String text) {
      return TableExpression.parse(text).filter(each -> each.references().findAny().isPresent());
    }
  }
}
