package org.sockmapd.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Puts environment variables in the place of {@code ${NAME}}. Whatever is not of that form stays as
 * it is, so that a password may hold dollar signs; {@code $${NAME}} stands for {@code ${NAME}}
 * itself. A value is not looked into again.
 */
final class Environment {
  private static final Pattern VARIABLE = Pattern.compile("\\$?\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final Map<String, String> variables;
  private final BiConsumer<String, String> problems;

  /**
   * Takes variables.
   *
   * @param variables the variables by name
   * @param problems takes the path of a text and what is wrong with it
   */
  Environment(Map<String, String> variables, BiConsumer<String, String> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** Tells whether a text is taken from the environment as a whole. */
  static boolean isVariable(String text) {
    return text.startsWith("${") && VARIABLE.matcher(text).matches();
  }

  /** Gives the same tree with the variables in all its texts replaced; names are left alone. */
  Object expand(String path, Object tree) {
    return switch (tree) {
      case String text -> VARIABLE.matcher(text).replaceAll(match -> replacement(path, match));
      case Map<?, ?> members -> {
        Map<String, Object> expanded = new LinkedHashMap<>();
        members.forEach(
            (name, member) ->
                expanded.put(String.valueOf(name), expand(path + "." + name, member)));
        yield expanded;
      }
      case List<?> elements ->
          IntStream.range(0, elements.size())
              .mapToObj(i -> expand(path + "[" + i + "]", elements.get(i)))
              .toList();
      default -> tree;
    };
  }

  private String replacement(String path, MatchResult match) {
    if (match.group().startsWith("$$")) {
      return Matcher.quoteReplacement(match.group().substring(1));
    }
    String name = match.group(1);
    if (!variables.containsKey(name)) {
      problems.accept(path, "the environment has no variable " + name);
    }
    return Matcher.quoteReplacement(variables.getOrDefault(name, ""));
  }
}
