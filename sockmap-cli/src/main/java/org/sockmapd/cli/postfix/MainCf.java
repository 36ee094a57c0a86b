package org.sockmapd.cli.postfix;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postfix's {@code main.cf}, with {@code $name} replaced where it is asked for (postconf(5)). */
final class MainCf {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z0-9_]+)|\\{([A-Za-z0-9_]+)(?:([?:])([^{}]*|\\{[^{}]*}))?}"
              + "|\\(([A-Za-z0-9_]+)(?:([?:])([^()]*))?\\))");
  private static final int DEEPEST = 16;

  /** Postfix's own values of the parameters that matter here. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "myorigin", "$myhostname",
          "mydestination", "$myhostname, localhost.$mydomain, localhost",
          "recipient_delimiter", "",
          "propagate_unmatched_extensions", "canonical, virtual",
          "parent_domain_matches_subdomains",
              "debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,"
                  + "qmqpd_authorized_clients,relay_domains,smtpd_access_maps",
          "virtual_transport", "virtual",
          "default_database_type", "hash",
          "alias_maps", "");

  private final ParameterFile file;

  private MainCf(ParameterFile file) {
    this.file = file;
  }

  static MainCf read(Path path, Notes notes) {
    return new MainCf(ParameterFile.read(path, notes));
  }

  Path path() {
    return file.file();
  }

  Collection<Parameter> parameters() {
    return file.all();
  }

  Optional<Parameter> parameter(String name) {
    return file.get(name);
  }

  /** The value of a parameter, or Postfix's default for it; nothing is left to replace. */
  String value(String name) {
    return expand("$" + name);
  }

  /** Tells whether a parameter that is yes or no, and no by default, is set to yes. */
  boolean isYes(String name) {
    return value(name).strip().equalsIgnoreCase("yes");
  }

  /** The words of a parameter that is a list. */
  List<String> words(String name) {
    return Pattern.compile("[^,\\s]+")
        .matcher(value(name))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** Replaces {@code $name}, {@code ${name}}, {@code $(name)}, with {@code ?} and {@code :}. */
  String expand(String text) {
    return expand(text, 0);
  }

  private String expand(String text, int depth) {
    if (text.indexOf('$') < 0 || depth > DEEPEST) {
      return text;
    }
    UnaryOperator<String> deeper = inner -> expand(inner, depth + 1);
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match.group(), deeper)));
  }

  private String replacement(String variable, UnaryOperator<String> deeper) {
    Matcher match = VARIABLE.matcher(variable);
    if (!match.matches() || match.group(1) != null) {
      return "$";
    }
    if (match.group(2) != null) {
      return deeper.apply(raw(match.group(2)));
    }
    boolean braces = match.group(3) != null;
    String value = deeper.apply(raw(match.group(braces ? 3 : 6)));
    String condition = match.group(braces ? 4 : 7);
    if (condition == null) {
      return value;
    }
    String other = match.group(braces ? 5 : 8).replaceFirst("^\\{(.*)}$", "$1");
    return condition.equals("?")
        ? value.isEmpty() ? "" : deeper.apply(other)
        : value.isEmpty() ? deeper.apply(other) : value;
  }

  private String raw(String name) {
    Optional<Parameter> parameter = file.get(name);
    if (parameter.isPresent()) {
      return parameter.get().text();
    }
    return switch (name) {
      case "config_directory" -> String.valueOf(file.file().toAbsolutePath().getParent());
      case "mydomain" -> file.get("myhostname").map(MainCf::parentDomain).orElse("");
      default -> DEFAULTS.getOrDefault(name, "");
    };
  }

  private static String parentDomain(Parameter hostname) {
    int dot = hostname.text().indexOf('.');
    return dot < 0 ? "localdomain" : hostname.text().substring(dot + 1);
  }

  /** The parameters of a table that has no file, such as {@code mytable_query}. */
  ParameterFile table(String name) {
    return file.withPrefix(name + "_", this::expand);
  }
}
