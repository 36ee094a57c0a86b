package org.sockmapd.cli.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sockmapd.cli.config.Problem;
import org.sockmapd.lookup.sql.NodeAddress;

/**
 * Reads {@code hosts}: {@code host}, {@code inet:host:port}, {@code unix:/path} and, for
 * PostgreSQL, connection URIs.
 */
final class HostsReader {
  private static final Pattern WORD = Pattern.compile("[^,\\s]+");
  private static final Map<String, String> SERVICES =
      Map.of("mysql", "3306", "postgresql", "5432", "postgres", "5432");
  private static final String LOOPBACK = "127.0.0.1";

  private final TableType type;
  private final ParameterFile file;
  private final Notes notes;
  private final List<HostEntry> hosts = new ArrayList<>();

  HostsReader(TableType type, ParameterFile file, Notes notes) {
    this.type = type;
    this.file = file;
    this.notes = notes;
  }

  /** Gives the hosts in their order; none only when one is wrong. */
  List<HostEntry> read() {
    Optional<Parameter> parameter = file.get("hosts").filter(given -> !given.text().isBlank());
    parameter.ifPresent(
        given -> {
          Matcher words = WORD.matcher(given.text());
          while (words.find()) {
            read(words.group(), words.start(), given);
          }
        });
    if (parameter.isEmpty()) {
      notes.warn(
          Problem.of(
              file.file(),
              "names no hosts; Postfix takes localhost, here " + LOOPBACK + " is written"));
      hosts.add(HostEntry.of(LOOPBACK));
    }
    return hosts;
  }

  private void read(String word, int at, Parameter parameter) {
    if (type == TableType.PGSQL && PostgresUri.isUri(word)) {
      PostgresUri.read(word, problem -> notes.warn(parameter.problem(at, problem)))
          .ifPresentOrElse(
              hosts::add,
              () -> notes.error(parameter.problem(at, "is no connection URI of PostgreSQL")));
      return;
    }
    String host = word.replaceFirst("^(unix|inet):", "");
    if (word.startsWith("unix:") || host.startsWith("/")) {
      hosts.add(HostEntry.of(insteadOfSocket(host)));
      warnOfSocket(word, at, parameter);
    } else if (type == TableType.MYSQL && isLocalhost(host)) {
      hosts.add(HostEntry.of(host.toLowerCase(Locale.ROOT).replaceFirst("localhost", LOOPBACK)));
      warnOfSocket(word, at, parameter);
    } else {
      named(host).ifPresentOrElse(hosts::add, () -> wrong(word, at, parameter));
    }
  }

  private static boolean isLocalhost(String host) {
    return host.toLowerCase(Locale.ROOT).matches("localhost(:\\d+)?");
  }

  /** PostgreSQL's socket may have a port behind it, which is that of TCP too. */
  private String insteadOfSocket(String path) {
    Matcher port = Pattern.compile(":(\\d+)$").matcher(path);
    return type == TableType.PGSQL && port.find() ? LOOPBACK + port.group() : LOOPBACK;
  }

  private void warnOfSocket(String word, int at, Parameter parameter) {
    notes.warn(
        parameter.problem(
            at,
            word
                + " is a UNIX socket, which sockmapd does not use: "
                + hosts.getLast().host()
                + " is written, where the server must listen and let the user in by password"));
  }

  private Optional<HostEntry> named(String host) {
    String numbered = host;
    for (Map.Entry<String, String> service : SERVICES.entrySet()) {
      numbered = numbered.replaceFirst(":" + service.getKey() + "$", ":" + service.getValue());
    }
    try {
      NodeAddress.parse(numbered, type.database().defaultPort());
      return Optional.of(HostEntry.of(numbered));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private void wrong(String word, int at, Parameter parameter) {
    // What looks like an account may hold a password.
    String shown = word.indexOf('@') >= 0 ? "" : ", got \"" + word + "\"";
    notes.error(parameter.problem(at, "expected a host, host:port or unix:/path" + shown));
  }
}
