package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sockmapd.lookup.search.CaseFolding;

/** A table as {@code main.cf} names it, {@code type:name}, and those that it is made of. */
sealed interface TableExpression {
  /** A table in a database. */
  record Sql(TableReference reference) implements TableExpression {}

  /** {@code unionmap:{…}} or {@code pipemap:{…}}. */
  record Composite(String type, List<TableExpression> members) implements TableExpression {
    public Composite {
      members = List.copyOf(members);
    }
  }

  /** {@code inline:{…}}, with folded keys. */
  record Inline(Map<String, String> entries) implements TableExpression {
    public Inline {
      // In their order, so that two imports of one file are the same.
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** {@code static:value}. */
  record Static(String value) implements TableExpression {}

  /** A table that sockmapd cannot ask. */
  record Foreign(String text, List<TableExpression> members) implements TableExpression {
    public Foreign {
      members = List.copyOf(members);
    }
  }

  /** Reads a table; empty when a text is none. */
  static Optional<TableExpression> parse(String text) {
    return Parser.parse(text);
  }

  /** The tables in databases that it is made of, each as often as it is in it. */
  default Stream<TableReference> references() {
    return switch (this) {
      case Sql(TableReference reference) -> Stream.of(reference);
      case Composite(String type, List<TableExpression> members) ->
          members.stream().flatMap(TableExpression::references);
      case Foreign(String text, List<TableExpression> members) ->
          members.stream().flatMap(TableExpression::references);
      case Inline inline -> Stream.empty();
      case Static same -> Stream.empty();
    };
  }

  /** The first part of it that sockmapd cannot ask, as it is written. */
  default Optional<String> foreign() {
    return switch (this) {
      case Foreign(String text, List<TableExpression> members) -> Optional.of(text);
      case Composite(String type, List<TableExpression> members) ->
          members.stream().map(TableExpression::foreign).flatMap(Optional::stream).findFirst();
      default -> Optional.empty();
    };
  }

  /** Reads tables. */
  final class Parser {
    private static final Pattern TABLE =
        Pattern.compile("(?s)(?:proxy:)*([A-Za-z][A-Za-z0-9_]*):(.+)");
    private static final Set<String> OF_OTHERS = Set.of("unionmap", "pipemap", "randmap");

    private Parser() {}

    static Optional<TableExpression> parse(String text) {
      Matcher table = TABLE.matcher(text);
      if (!table.matches()) {
        return Optional.empty();
      }
      String type = table.group(1);
      String name = table.group(2);
      Optional<TableReference> reference = TableReference.of(text);
      if (reference.isPresent()) {
        return reference.map(Sql::new);
      }
      if (OF_OTHERS.contains(type)) {
        return Optional.of(composite(text, type, name));
      }
      return Optional.of(
          switch (type) {
            case "inline" ->
                entries(name)
                    .<TableExpression>map(Inline::new)
                    .orElse(new Foreign(text, List.of()));
            case "static" -> fixed(text, name);
            default -> new Foreign(text, List.of());
          });
    }

    private static TableExpression fixed(String text, String name) {
      String value = inBraces(name).map(String::strip).orElse(name);
      return value.isEmpty() ? new Foreign(text, List.of()) : new Static(value);
    }

    private static TableExpression composite(String text, String type, String name) {
      List<TableExpression> members =
          inBraces(name).map(Words::of).orElse(List.of()).stream()
              .map(word -> parse(word.text()).orElse(new Foreign(word.text(), List.of())))
              .toList();
      return members.isEmpty() || type.equals("randmap")
          ? new Foreign(text, members)
          : new Composite(type, members);
    }

    private static Optional<String> inBraces(String name) {
      return name.startsWith("{") && Macros.endOfBraces(name, 0) == name.length()
          ? Optional.of(name.substring(1, name.length() - 1))
          : Optional.empty();
    }

    /** Of two entries with one key, the last counts. */
    private static Optional<Map<String, String>> entries(String name) {
      Map<String, String> entries = new LinkedHashMap<>();
      for (Words.Word word : inBraces(name).map(Words::of).orElse(List.of())) {
        String pair = inBraces(word.text()).map(String::strip).orElse(word.text());
        int equals = pair.indexOf('=');
        String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
        if (equals <= 0 || value.isEmpty()) {
          return Optional.empty();
        }
        entries.put(CaseFolding.fold(pair.substring(0, equals).strip()), value);
      }
      return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }
  }

  /** Divides a text into words, in which braces and variables may hold what divides elsewhere. */
  final class Words {
    private Words() {}

    /**
     * A word.
     *
     * @param offset where it begins in the text
     */
    record Word(int offset, String text) {}

    /** The words of the inside of braces, as {@code mystrtokq(3)} has them. */
    static List<Word> of(String text) {
      return divide(text, true);
    }

    /** The words of a parameter, in which braces of their own only hold words together. */
    static List<Word> ofParameter(String text) {
      return divide(text, false);
    }

    private static List<Word> divide(String text, boolean braces) {
      List<Word> words = new ArrayList<>();
      int at = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (divides(c) || (!braces && (c == '{' || c == '}'))) {
          at++;
        } else {
          int end = end(text, at, braces);
          words.add(new Word(at, text.substring(at, end)));
          at = end;
        }
      }
      return words;
    }

    private static int end(String text, int begin, boolean braces) {
      int at = begin;
      while (at < text.length() && !divides(text.charAt(at))) {
        char c = text.charAt(at);
        if (c == '$') {
          at = Macros.endOfVariable(text, at);
        } else if (c == '{' && (braces || (at > begin && text.charAt(at - 1) == ':'))) {
          at = Macros.endOfBraces(text, at);
        } else if (!braces && (c == '{' || c == '}')) {
          break;
        } else {
          at++;
        }
      }
      return Math.max(at, begin + 1);
    }

    private static boolean divides(char c) {
      return c == ',' || Character.isWhitespace(c);
    }
  }
}
