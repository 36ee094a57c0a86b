package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code $name}, {@code ${name}} and {@code $(name)} as postconf(5) has it, with what may
 * follow: {@code ${name?yes}}, {@code ${name:no}}, {@code ${name?{yes}:{no}}} and a comparison in
 * place of the name, {@code ${{$compatibility_level} <level {2} ? {yes} : {no}}}.
 */
final class Macros {
  private static final int DEEPEST = 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern OPERATOR = Pattern.compile("\\s*(==|!=|<=|>=|<|>)(level)?\\s*");
  private static final Pattern SEPARATOR = Pattern.compile("\\s*:\\s*");

  private final UnaryOperator<String> raw;

  /**
   * @param raw gives the text of a parameter, in which nothing is replaced
   */
  Macros(UnaryOperator<String> raw) {
    this.raw = raw;
  }

  String expand(String text) {
    return expand(text, 0);
  }

  private String expand(String text, int depth) {
    if (text.indexOf('$') < 0 || depth > DEEPEST) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        expanded.append(c);
        at++;
        continue;
      }
      int end = endOfVariable(text, at);
      expanded.append(end == at + 1 ? "$" : variable(text.substring(at + 1, end), depth));
      at = end;
    }
    return expanded.toString();
  }

  /** Gives the end of what begins with a dollar sign; behind the sign alone if it is nothing. */
  static int endOfVariable(String text, int at) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (c == '$') {
      return at + 2;
    }
    if (c == '{' || c == '(') {
      return endOfBraces(text, at + 1);
    }
    Matcher name = NAME.matcher(text).region(at + 1, text.length());
    return name.lookingAt() ? name.end() : at + 1;
  }

  /** Gives the end of what is in braces, or of the text where they are not closed. */
  static int endOfBraces(String text, int open) {
    char left = text.charAt(open);
    char right = left == '(' ? ')' : '}';
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == left) {
        depth++;
      } else if (text.charAt(i) == right && --depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private String variable(String variable, int depth) {
    if (variable.equals("$")) {
      return "$";
    }
    boolean braces = variable.startsWith("{") || variable.startsWith("(");
    if (!braces) {
      return expand(raw.apply(variable), depth + 1);
    }
    String inner = variable.substring(1, Math.max(1, variable.length() - 1)).strip();
    return inner.startsWith("{") ? compared(inner, depth) : named(inner, depth);
  }

  private String named(String inner, int depth) {
    Matcher name = NAME.matcher(inner);
    if (!name.lookingAt()) {
      return "";
    }
    String value = expand(raw.apply(name.group()), depth + 1);
    String rest = inner.substring(name.end()).strip();
    if (rest.startsWith("?")) {
      return chosen(rest.substring(1), !value.isEmpty(), depth);
    }
    return rest.startsWith(":") && value.isEmpty()
        ? expand(unbraced(rest.substring(1)), depth + 1)
        : value;
  }

  private String compared(String inner, int depth) {
    int leftEnd = endOfBraces(inner, 0);
    Matcher operator = OPERATOR.matcher(inner).region(leftEnd, inner.length());
    if (!operator.lookingAt() || !inner.startsWith("{", operator.end())) {
      return "";
    }
    int rightEnd = endOfBraces(inner, operator.end());
    String left = expand(unbraced(inner.substring(0, leftEnd)), depth + 1);
    String right = expand(unbraced(inner.substring(operator.end(), rightEnd)), depth + 1);
    int order = operator.group(2) == null ? compareValues(left, right) : compareLevels(left, right);
    boolean holds =
        switch (operator.group(1)) {
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        };
    String rest = inner.substring(rightEnd).strip();
    if (rest.startsWith(":")) {
      return holds ? "" : expand(unbraced(rest.substring(1)), depth + 1);
    }
    return rest.startsWith("?") ? chosen(rest.substring(1), holds, depth) : "";
  }

  /** What stands behind a question mark: {@code yes}, {@code {yes}} or {@code {yes}:{no}}. */
  private String chosen(String text, boolean first, int depth) {
    String choices = text.strip();
    if (!choices.startsWith("{")) {
      return first ? expand(text, depth + 1) : "";
    }
    int end = endOfBraces(choices, 0);
    Matcher separator = SEPARATOR.matcher(choices).region(end, choices.length());
    String other = separator.lookingAt() ? choices.substring(separator.end()) : "";
    return expand(unbraced(first ? choices.substring(0, end) : other), depth + 1);
  }

  private static String unbraced(String text) {
    String stripped = text.strip();
    return stripped.startsWith("{") && stripped.endsWith("}")
        ? stripped.substring(1, stripped.length() - 1).strip()
        : stripped;
  }

  private static int compareValues(String left, String right) {
    String number = "[0-9]{1,18}";
    return left.matches(number) && right.matches(number)
        ? Long.compare(Long.parseLong(left), Long.parseLong(right))
        : left.compareTo(right);
  }

  private static int compareLevels(String left, String right) {
    List<Integer> a = level(left);
    List<Integer> b = level(right);
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = Integer.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Integer> level(String text) {
    List<Integer> numbers = new ArrayList<>();
    Matcher matcher = Pattern.compile("[0-9]{1,9}").matcher(text);
    while (matcher.find()) {
      numbers.add(Integer.valueOf(matcher.group()));
    }
    return numbers;
  }
}
