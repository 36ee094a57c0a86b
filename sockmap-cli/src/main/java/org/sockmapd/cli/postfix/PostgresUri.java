package org.sockmapd.cli.postfix;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection URI of libpq: {@code postgresql://user:password@host:port/database?sslmode=…}.
 */
final class PostgresUri {
  private static final Pattern URI =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<host>\\[[^]]*]|[^:/?@]*)(?::(?<port>\\d*))?"
              + "(?:/(?<database>[^?]*))?(?:\\?(?<options>.*))?");
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([a-z_]+)\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|((?:[^\\s'\\\\]|\\\\.)*))(?:\\s+|$)");
  private static final Map<String, String> POLICIES =
      Map.of(
          "any", "random",
          "read-write", "primary",
          "primary", "primary",
          "prefer-standby", "prefer_replica");

  private final Consumer<String> problems;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();

  private PostgresUri(Consumer<String> problems) {
    this.problems = problems;
  }

  static boolean isUri(String text) {
    return text.startsWith("postgresql:") || text.startsWith("postgres:");
  }

  /**
   * Reads a URI.
   *
   * @param problems takes what is not carried over
   * @return what it says; empty when it is none
   */
  static Optional<HostEntry> read(String text, Consumer<String> problems) {
    Matcher uri = URI.matcher(text);
    if (!uri.matches()) {
      return Optional.empty();
    }
    PostgresUri reader = new PostgresUri(problems);
    for (String field : new String[] {"user", "password", "host", "port", "database"}) {
      reader.put(field, uri.group(field));
    }
    reader.options(uri.group("options"));
    return Optional.of(reader.entry());
  }

  /**
   * Reads what libpq takes for a whole connection in place of the name of a database: a URI, or
   * {@code host=db user=me dbname=mail}.
   *
   * @param problems takes what is not carried over
   * @return what it says; empty when it is the name of a database, or not whole
   */
  static Optional<HostEntry> readDatabase(String text, Consumer<String> problems) {
    if (isUri(text)) {
      return read(text, problems);
    }
    Matcher pair = PAIR.matcher(text);
    PostgresUri reader = new PostgresUri(problems);
    int done = 0;
    while (pair.lookingAt()) {
      String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
      reader.option(pair.group(1), value.replaceAll("(?s)\\\\(.)", "$1"));
      done = pair.end();
      pair.region(done, text.length());
    }
    return done == text.length() && done > 0 ? Optional.of(reader.entry()) : Optional.empty();
  }

  private void put(String field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(field, decode(value));
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private void options(@Nullable String options) {
    if (options == null) {
      return;
    }
    for (String option : options.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        option(option.substring(0, equals), decode(option.substring(equals + 1)));
      }
    }
  }

  private void option(String name, String value) {
    switch (name) {
      case "user", "password", "port" -> fields.put(name, value);
      case "host", "hostaddr" -> fields.put("host", value);
      case "dbname" -> fields.put("database", value);
      case "sslmode" -> settings.put("tls", tls(value));
      case "sslrootcert" -> settings.put("tls_ca", value);
      case "sslcert" -> settings.put("tls_cert", value);
      case "sslkey" -> settings.put("tls_key", value);
      case "connect_timeout" -> settings.put("connect_timeout", value + "s");
      case "target_session_attrs" -> policy(value);
      case "application_name" -> {}
      default -> problems.accept(name + " is not carried over");
    }
  }

  private String tls(String mode) {
    if (mode.equals("allow")) {
      problems.accept("sslmode=allow becomes \"prefer\"");
      return "prefer";
    }
    return mode;
  }

  private void policy(String value) {
    if (POLICIES.containsKey(value)) {
      settings.put("policy", POLICIES.get(value));
    } else {
      problems.accept("target_session_attrs=" + value + " is not carried over");
    }
  }

  private HostEntry entry() {
    Optional<String> port = Optional.ofNullable(fields.get("port"));
    return new HostEntry(
        HostEntry.ofPostgres(fields.getOrDefault("host", ""), port),
        Optional.ofNullable(fields.get("user")),
        Optional.ofNullable(fields.get("password")),
        Optional.ofNullable(fields.get("database")),
        Map.copyOf(settings));
  }
}
