package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.cli.config.SourceText;

/**
 * A file of {@code name = value}, as Postfix reads {@code main.cf} and table files (postconf(5)): a
 * line that begins with white space goes on with the one before, lines that are empty or begin with
 * {@code #} are passed over, and the last of several values for a name counts.
 */
final class ParameterFile {
  private final Path file;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private ParameterFile(Path file) {
    this.file = file;
  }

  /** Reads a file; what is wrong with it is an error. */
  static ParameterFile read(Path file, Notes notes) {
    ParameterFile parameters = new ParameterFile(file);
    SourceText.read(file, notes::error)
        .ifPresent(text -> logicalLines(file, text, notes).forEach(l -> parameters.add(l, notes)));
    return parameters;
  }

  Path file() {
    return file;
  }

  Optional<Parameter> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Collection<Parameter> all() {
    return parameters.values();
  }

  /** The parameters whose names begin with something, by what follows it. */
  ParameterFile withPrefix(String prefix, UnaryOperator<String> expand) {
    ParameterFile found = new ParameterFile(file);
    for (Parameter each : parameters.values()) {
      if (each.name().startsWith(prefix)) {
        String rest = each.name().substring(prefix.length());
        String text = expand.apply(each.text());
        CfText value = text.equals(each.text()) ? each.value() : each.value().with(text);
        found.parameters.put(rest, new Parameter(each.nameText().with(rest), value));
      }
    }
    return found;
  }

  /** The lines of a file, each with those that go on with it. */
  static List<CfText> logicalLines(Path file, String text, Notes notes) {
    List<CfText> lines = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    List<CfText.Part> parts = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      boolean goesOn = Character.isWhitespace(line.charAt(0));
      if (goesOn && parts.isEmpty()) {
        notes.error(new Problem(file, number, 1, "", "goes on with a line that is not there"));
        continue;
      }
      if (!goesOn && !parts.isEmpty()) {
        lines.add(new CfText(file, logical.toString(), parts));
        logical.setLength(0);
        parts.clear();
      }
      parts.add(new CfText.Part(logical.length(), number, 1));
      logical.append(line);
    }
    if (!parts.isEmpty()) {
      lines.add(new CfText(file, logical.toString(), parts));
    }
    return lines;
  }

  private void add(CfText line, Notes notes) {
    String text = line.text();
    int nameEnd = firstOf(text, 0, c -> c == '=' || Character.isWhitespace(c));
    int equals = firstOf(text, nameEnd, c -> !Character.isWhitespace(c));
    if (nameEnd == 0 || equals == text.length() || text.charAt(equals) != '=') {
      notes.error(
          line.problem(Math.min(equals, text.length() - 1), "", "expected \"name = value\""));
      return;
    }
    int end = text.stripTrailing().length();
    int begin = Math.min(end, firstOf(text, equals + 1, c -> !Character.isWhitespace(c)));
    Parameter parameter =
        new Parameter(line.substring(0, nameEnd), line.substring(begin, Math.max(begin, end)));
    @Nullable Parameter former = parameters.put(parameter.name(), parameter);
    if (former != null) {
      notes.warn(former.problem("is given again at line " + parameter.line() + ", which counts"));
    }
  }

  private static int firstOf(String text, int from, IntPredicate which) {
    int at = from;
    while (at < text.length() && !which.test(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
